//! Determines whether a list has another page after a given page, and which page number or offset the next page has.
//! This depends on the position of the given page in the list, and on what this page says about the length of the list.

/// The unit that the page parameter of an operation counts: pages or items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageParamUnit {
    /// The page parameter counts pages: its value is a page number.
    Pages,
    /// The page parameter counts items: its value is the offset of the first item of the page.
    Items,
}

/// The properties of a page that describe the length of the list. A property that the API does not send is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageInfo {
    /// The number of items on all pages of the list.
    pub total_items: Option<i64>,
    /// The number of pages of the list.
    pub total_pages: Option<i64>,
    /// Whether another page follows.
    pub has_more: Option<bool>,
}

/// The position of a page in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PagePosition {
    pub(crate) page_param: PageParamUnit,
    /// The value of the page parameter in the request for the page: a page number or an offset.
    pub(crate) page_param_value: i64,
    /// The number of items before the page. `None` if the number is not known, because the caller began in the middle
    /// of the list and set no page size.
    pub(crate) preceding_item_count: Option<i64>,
    /// Whether `preceding_item_count` is exact; false if it is estimated from the page size, or unknown.
    pub(crate) is_preceding_item_count_exact: bool,
    /// The requested number of items per page.
    pub(crate) page_size: Option<i64>,
}

impl PagePosition {
    /// Makes the position at which paging begins. `requested` is the page number or offset that the caller set. If
    /// `requested` is `None`, paging begins at `first`, the page number or offset of the first page of the list.
    pub(crate) fn new(
        page_param: PageParamUnit,
        first: i64,
        requested: Option<i64>,
        page_size: Option<i64>,
    ) -> PagePosition {
        let page_size = page_size.filter(|size| *size > 0);
        let page_param_value = requested.unwrap_or(first);
        let skipped = page_param_value.saturating_sub(first);
        let before = match (page_param, skipped, page_size) {
            (PageParamUnit::Items, ..) | (_, 0, _) => Some(skipped),
            (PageParamUnit::Pages, _, Some(size)) => Some(skipped.saturating_mul(size)),
            (PageParamUnit::Pages, _, None) => None,
        };
        PagePosition {
            page_param,
            page_param_value,
            preceding_item_count: before,
            is_preceding_item_count_exact: page_param == PageParamUnit::Items || skipped == 0,
            page_size,
        }
    }

    /// Returns the position of the page after the page at the position `self`; `None` if no page follows. `items` is
    /// the number of items on the page at `self`.
    pub(crate) fn next_position(self, items: usize, info: PageInfo) -> Option<PagePosition> {
        let next = self.position_after_page(items)?;
        let is_followed =
            items > 0 && self.is_followed_by_page(to_item_count(items), next.preceding_item_count, info);
        is_followed.then_some(next)
    }

    /// Returns the position of the next page, without a check whether the list has another page. `items` is the number
    /// of items in the page at this position. Returns `None` if the page number or offset would overflow.
    pub(crate) fn position_after_page(self, items: usize) -> Option<PagePosition> {
        let items = to_item_count(items);
        let before = self.preceding_item_count.map(|before| before.saturating_add(items));
        let at = match self.page_param {
            PageParamUnit::Pages => self.page_param_value.checked_add(1)?,
            PageParamUnit::Items => self.page_param_value.checked_add(items)?,
        };
        Some(PagePosition { page_param_value: at, preceding_item_count: before, ..self })
    }

    /// Whether the page at this position is beyond the end of the list, according to the total number of pages or items
    /// in `info`.
    pub(crate) fn is_beyond_end(self, info: PageInfo) -> bool {
        match (
            filter_positive_total(info.total_pages),
            filter_positive_total(info.total_items),
            self.preceding_item_count,
        ) {
            (Some(pages), ..) if self.page_param == PageParamUnit::Pages => self.page_param_value > pages,
            (_, Some(total), Some(before)) => before >= total,
            _ => false,
        }
    }

    /// Whether the page at this position in a list should have items. There are two such cases: the page says that
    /// another page follows, or the total number of items that the page reports is greater than the number of items
    /// before the page.
    pub(crate) fn should_have_items(self, info: PageInfo) -> bool {
        let more = filter_positive_total(info.total_items)
            .zip(self.preceding_item_count)
            .is_some_and(|(total, before)| total > before);
        more || info.has_more == Some(true)
    }

    /// Returns the number of items up to the end of this page and the total that the page reports, if the number is
    /// greater than the total. Returns `None` if it is not greater, if one of the two is not exactly known, or if the
    /// page has no items.
    pub(crate) fn find_count_and_exceeded_total(self, items: usize, info: PageInfo) -> Option<(i64, i64)> {
        let (total, before) = filter_positive_total(info.total_items).zip(self.preceding_item_count)?;
        let received = before.saturating_add(to_item_count(items));
        (self.is_preceding_item_count_exact && items > 0 && received > total).then_some((received, total))
    }

    fn is_followed_by_page(self, items: i64, before: Option<i64>, info: PageInfo) -> bool {
        match (
            info.has_more,
            filter_positive_total(info.total_pages),
            filter_positive_total(info.total_items),
            before,
        ) {
            (Some(more), ..) => more,
            (None, Some(pages), ..) if self.page_param == PageParamUnit::Pages => {
                self.page_param_value < pages
            }
            (None, _, Some(total), Some(before)) => before < total,
            _ => self.page_size.is_none_or(|size| items >= size),
        }
    }
}

/// Returns a total number of items or pages; `None` if the total is zero or negative. Such a total is treated as if it
/// had not been sent.
fn filter_positive_total(number: Option<i64>) -> Option<i64> {
    number.filter(|number| *number > 0)
}

fn to_item_count(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(at: Option<i64>, size: Option<i64>) -> PagePosition {
        PagePosition::new(PageParamUnit::Pages, 1, at, size)
    }

    fn items(at: Option<i64>, size: Option<i64>) -> PagePosition {
        PagePosition::new(PageParamUnit::Items, 0, at, size)
    }

    fn value_of(next: Option<PagePosition>) -> Option<i64> {
        next.map(|position| position.page_param_value)
    }

    const NOTHING: PageInfo = PageInfo { total_items: None, total_pages: None, has_more: None };

    #[test]
    fn a_page_without_items_is_the_last_one_whatever_its_numbers_say() {
        let promises = PageInfo { total_items: Some(99), total_pages: Some(99), has_more: Some(true) };
        assert_eq!(pages(None, Some(2)).next_position(0, promises), None);
        assert_eq!(items(None, Some(2)).next_position(0, promises), None);
    }

    #[test]
    fn the_flag_for_more_pages_takes_precedence_over_numbers() {
        let more = PageInfo { has_more: Some(true), total_items: Some(2), ..NOTHING };
        assert_eq!(value_of(pages(None, None).next_position(2, more)), Some(2));
        let no_more = PageInfo { has_more: Some(false), total_items: Some(9), ..NOTHING };
        assert_eq!(pages(None, None).next_position(2, no_more), None);
    }

    #[test]
    fn the_number_of_pages_ends_a_list_wherever_it_was_begun() {
        let two = PageInfo { total_pages: Some(2), ..NOTHING };
        assert_eq!(value_of(pages(None, None).next_position(5, two)), Some(2));
        assert_eq!(pages(Some(2), None).next_position(5, two), None);
        assert_eq!(pages(Some(7), None).next_position(5, two), None);
    }

    #[test]
    fn the_number_of_items_ends_a_list_that_is_counted_in_pages() {
        let info_with_total_5 = PageInfo { total_items: Some(5), ..NOTHING };
        let second = pages(None, None).next_position(3, info_with_total_5).unwrap();
        assert_eq!((second.page_param_value, second.preceding_item_count), (2, Some(3)));
        assert_eq!(second.next_position(2, info_with_total_5), None);
        // The caller began at page 2 with a page size of 2, so 2 of the 5 items are on page 1. Page 2 has 2 more, so 1
        // item is left for page 3.
        assert_eq!(value_of(pages(Some(2), Some(2)).next_position(2, info_with_total_5)), Some(3));
        assert_eq!(pages(Some(3), Some(2)).next_position(1, info_with_total_5), None);
    }

    #[test]
    fn an_offset_grows_by_what_came_even_if_more_was_asked_for() {
        let total_items = PageInfo { total_items: Some(250), ..NOTHING };
        let second = items(None, Some(500)).next_position(100, total_items).unwrap();
        assert_eq!(second.page_param_value, 100);
        let third = second.next_position(100, total_items).unwrap();
        assert_eq!((third.page_param_value, third.next_position(50, total_items)), (200, None));
    }

    #[test]
    fn without_numbers_a_short_page_is_the_last_one() {
        assert_eq!(value_of(items(Some(4), Some(2)).next_position(2, NOTHING)), Some(6));
        assert_eq!(items(Some(4), Some(2)).next_position(1, NOTHING), None);
        assert_eq!(value_of(pages(None, Some(2)).next_position(2, NOTHING)), Some(2));
        assert_eq!(pages(None, Some(2)).next_position(1, NOTHING), None);
    }

    #[test]
    fn without_numbers_and_size_only_an_empty_page_is_the_last_one() {
        let second = items(None, None).next_position(7, NOTHING).unwrap();
        assert_eq!(second.page_param_value, 7);
        assert_eq!(second.next_position(0, NOTHING), None);
    }

    #[test]
    fn a_total_of_zero_beside_items_counts_as_not_sent() {
        let zero = PageInfo { total_items: Some(0), total_pages: Some(0), ..NOTHING };
        assert_eq!(value_of(pages(None, Some(2)).next_position(2, zero)), Some(2));
        assert_eq!(value_of(items(None, None).next_position(2, zero)), Some(2));
    }

    #[test]
    fn without_a_known_start_the_number_of_items_does_not_end_a_list() {
        // The list has 5 items. The caller began at page 3 without a page size, so it is unknown how many of the items
        // are on the pages before. The total then does not tell which page is the last one.
        let info_with_total_5 = PageInfo { total_items: Some(5), ..NOTHING };
        assert_eq!(value_of(pages(Some(3), None).next_position(2, info_with_total_5)), Some(4));
    }

    #[test]
    fn a_page_size_of_nothing_is_none() {
        assert_eq!(value_of(items(None, Some(0)).next_position(20, NOTHING)), Some(20));
    }

    #[test]
    fn a_position_does_not_overflow() {
        assert_eq!(pages(Some(i64::MAX), None).next_position(1, NOTHING), None);
        assert_eq!(items(Some(i64::MAX), None).next_position(1, NOTHING), None);
        assert_eq!(pages(Some(i64::MAX), Some(i64::MAX)).preceding_item_count, Some(i64::MAX));
    }

    #[test]
    fn more_items_than_there_are_in_all_are_an_excess() {
        let info_with_total_5 = PageInfo { total_items: Some(5), ..NOTHING };
        let second = pages(None, Some(3)).position_after_page(3).unwrap();
        assert_eq!(
            (
                second.find_count_and_exceeded_total(2, info_with_total_5),
                second.find_count_and_exceeded_total(3, info_with_total_5)
            ),
            (None, Some((6, 5)))
        );
        assert_eq!(items(Some(4), None).find_count_and_exceeded_total(2, info_with_total_5), Some((6, 5)));
        // A total of zero counts as no total, so there is no excess. An empty page at offset 9 is no excess over a
        // total of 5 either, because the list may have become shorter.
        assert_eq!(
            second.find_count_and_exceeded_total(3, PageInfo { total_items: Some(0), ..NOTHING }),
            None
        );
        assert_eq!(items(Some(9), None).find_count_and_exceeded_total(0, info_with_total_5), None);
    }

    #[test]
    fn what_is_estimated_from_a_page_size_is_no_excess() {
        // If each page had the requested 50 items, 150 items would precede the fourth page. But the server may send
        // fewer items in a page, so this estimate does not contradict the total of 100.
        let info_with_total_100 = PageInfo { total_items: Some(100), ..NOTHING };
        assert_eq!(pages(Some(4), Some(50)).find_count_and_exceeded_total(20, info_with_total_100), None);
        assert_eq!(pages(Some(4), None).find_count_and_exceeded_total(20, info_with_total_100), None);
    }

    #[test]
    fn a_page_after_the_last_one_is_known_by_its_numbers() {
        let two = PageInfo { total_pages: Some(2), total_items: Some(99), ..NOTHING };
        assert!(pages(Some(3), None).is_beyond_end(two) && !pages(Some(2), None).is_beyond_end(two));
        let info_with_total_5 = PageInfo { total_items: Some(5), ..NOTHING };
        assert!(
            items(Some(5), None).is_beyond_end(info_with_total_5)
                && !items(Some(4), None).is_beyond_end(info_with_total_5)
        );
        assert!(!pages(Some(3), None).is_beyond_end(NOTHING));
    }
}
