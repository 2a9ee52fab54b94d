//! How a list goes on (`x-pagination`).

use partner_spec::Location;

use crate::pointer::Pointer;

/// `x-pagination` of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// What the parameter counts that leads from page to page.
    pub style: PageStyle,
    /// The name of that parameter.
    pub position: String,
    /// What the parameter is on the first page.
    pub first: i64,
    /// The parameter with the size of a page.
    pub limit: Option<String>,
    /// The largest size that the server takes.
    pub largest: Option<i64>,
    /// Where the items of a page are.
    pub items: Pointer,
    /// Where the id of an item is, in the item.
    pub id: Option<Pointer>,
    /// Where the number of all items is.
    pub total: Option<Pointer>,
    /// Where the number of all pages is.
    pub total_pages: Option<Pointer>,
    /// Where it is said whether there is another page.
    pub has_more: Option<Pointer>,
    /// Where it is written.
    pub location: Location,
}

/// What leads from page to page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStyle {
    /// The number of the page; the answer tells how many items or pages there are.
    Page,
    /// The number of items before the page.
    Offset,
    /// The number of the page; the answer tells whether there is another one.
    HasMore,
}
