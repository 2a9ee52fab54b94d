//! Lists that are returned page by page (`x-pagination`).

use partner_spec::Location;

use crate::pointer::ResponsePointer;

/// The `x-pagination` of an operation: how callers request, page by page, the list that the operation
/// returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// Whether the position parameter counts pages or items, and how the last page is recognized.
    pub style: PaginationStyle,
    /// The name of the position parameter, which selects the page.
    pub position_parameter_name: String,
    /// The value of the position parameter that selects the first page.
    pub first_position: i64,
    /// The name of the parameter that sets the size of a page; `None` if callers cannot set the size.
    pub page_size_parameter_name: Option<String>,
    /// The largest page size that the server accepts: the `maximum` of the page size parameter; `None` if there is no
    /// such parameter or no `maximum`.
    pub max_page_size: Option<i64>,
    /// A pointer into the response, to the items of the page.
    pub items_pointer: ResponsePointer,
    /// A pointer into an item, to its id; `None` if `x-pagination` does not name an id.
    pub item_id_pointer: Option<ResponsePointer>,
    /// A pointer into the response, to the total number of items; `None` if `x-pagination` does not name it.
    pub total_items_pointer: Option<ResponsePointer>,
    /// A pointer into the response, to the total number of pages; `None` if `x-pagination` does not name it.
    pub total_pages_pointer: Option<ResponsePointer>,
    /// A pointer into the response, to a boolean that tells whether there are more pages; `None` in all styles but
    /// [`PaginationStyle::HasMore`].
    pub has_more_pointer: Option<ResponsePointer>,
    /// The location of `x-pagination`.
    pub location: Location,
}

/// The style of a pagination: whether the position parameter counts pages or items, and how the last page is
/// recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaginationStyle {
    /// The parameter counts pages, and the response contains the total number of items or pages.
    Page,
    /// The parameter counts the items on all earlier pages.
    Offset,
    /// The parameter counts pages, and the response contains a boolean that tells whether there are more pages.
    HasMore,
}
