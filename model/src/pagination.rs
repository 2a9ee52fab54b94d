//! The pagination of operations that return a list in pages (`x-pagination`).

use partner_spec::Location;

use crate::pointer::ResponsePointer;

/// How callers request the pages of the list that an operation returns (`x-pagination`).
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// Whether the parameter that selects a page counts pages or items, and how the last page is recognized.
    pub style: PaginationStyle,
    /// The name of the position parameter: the query parameter that selects the page.
    pub position_parameter_name: String,
    /// The value, for the first page, of the query parameter whose name is in `position_parameter_name`.
    pub first_page_position: i64,
    /// The name of the query parameter that sets the page size; `None` if callers cannot set the page size.
    pub page_size_parameter_name: Option<String>,
    /// The maximum page size that the server accepts, if known. It is the `maximum` of the page size parameter.
    pub max_page_size: Option<i64>,
    /// The JSON pointer to the items of the page in the response.
    pub items_pointer: ResponsePointer,
    /// The JSON pointer from an item of the list to the item's id; `None` if `x-pagination` has no such pointer.
    pub item_id_pointer: Option<ResponsePointer>,
    /// The JSON pointer to the total number of items in the response; `None` if `x-pagination` has no such pointer.
    pub total_items_pointer: Option<ResponsePointer>,
    /// The JSON pointer to the total number of pages in the response; `None` if `x-pagination` has no such pointer.
    pub total_pages_pointer: Option<ResponsePointer>,
    /// The JSON pointer to a boolean in the response that tells whether there are more pages. `None` unless the style
    /// is [`PaginationStyle::PageNumberWithHasMore`].
    pub has_more_pointer: Option<ResponsePointer>,
    /// The location of `x-pagination`.
    pub location: Location,
}

/// How an API divides a list into pages: whether the parameter that selects a page counts pages or items, and how the
/// last page is recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaginationStyle {
    /// The parameter counts pages: its value is a page number. The response contains the total number of items or
    /// pages.
    PageNumber,
    /// The parameter counts items: its value is the number of items on all earlier pages.
    Offset,
    /// The parameter counts pages: its value is a page number. The response contains a boolean that tells whether there
    /// are more pages.
    PageNumberWithHasMore,
}
