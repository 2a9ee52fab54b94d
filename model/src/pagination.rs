//! Lists that are returned page by page (`x-pagination`).

use partner_spec::Location;

use crate::pointer::Pointer;

/// `x-pagination` of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// What the parameter [`position`](Pagination::position) counts.
    pub style: PageStyle,
    /// The name of the parameter that selects the page.
    pub position: String,
    /// The value of that parameter for the first page.
    pub first: i64,
    /// The name of the parameter with the size of a page.
    pub limit: Option<String>,
    /// The largest page size that the server accepts.
    pub largest: Option<i64>,
    /// The pointer to the items of a page, in the response.
    pub items: Pointer,
    /// The pointer to the id of an item, in the item.
    pub id: Option<Pointer>,
    /// The pointer to the total number of items, in the response.
    pub total: Option<Pointer>,
    /// The pointer to the total number of pages, in the response.
    pub total_pages: Option<Pointer>,
    /// The pointer to the boolean that says whether there is another page, in the response.
    pub has_more: Option<Pointer>,
    /// The location of `x-pagination`.
    pub location: Location,
}

/// What the parameter that selects the page counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStyle {
    /// The number of the page. The response contains the number of items or pages.
    Page,
    /// The number of items before the page.
    Offset,
    /// The number of the page. The response says whether there is another one.
    HasMore,
}
