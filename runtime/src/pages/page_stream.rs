//! The stream of the pages of a list. It requests the pages one after the other.

use std::fmt::Display;
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::Serialize;
use tokio::time::{Instant, Sleep, sleep_until};

use super::page_info::PagePosition;
use super::seen::SeenItemHashes;
use super::{PageInfo, PageParamUnit};
use crate::api::Api;
use crate::clock::instant_after;
use crate::operation::OperationEntry;
use crate::{Error, Response};

/// A call whose response is a page of a list. Generated code implements this trait.
pub trait Paged:
    IntoFuture<Output = Result<Response<Self::Page>, Error>, IntoFuture: Send + 'static> + Clone + Send + 'static
{
    /// The type of a page.
    type Page: Send + 'static;
    /// The type of an item of the list.
    type Item: Serialize + Send + 'static;
    /// The type of an item's id.
    type ItemId: Hash;

    /// The API that is called.
    const API: &'static Api;
    /// The operation that is called.
    const OPERATION: &'static OperationEntry;
    /// Whether the page parameter counts pages (a page number) or items (an offset).
    const PAGE_PARAM_UNIT: PageParamUnit;
    /// The page number or offset of the first page of a list.
    const FIRST_POSITION: i64;

    /// Returns the page number or offset that the caller requested; `None` if the caller requested none.
    fn requested_position(&self) -> Option<i64>;
    /// Moves the call to another page, by setting its page number or offset.
    fn move_to(&mut self, position: i64);
    /// Returns the number of items per page that the caller requested, or the server's maximum if the caller requested
    /// more.
    fn page_size(&self) -> Option<i64>;
    /// Returns the items of a page; `None` if the page has no list of items.
    fn items(page: &Self::Page) -> Option<&[Self::Item]>;
    /// Takes the items out of a page.
    fn into_items(page: Self::Page) -> Vec<Self::Item>;
    /// Returns the id of an item; `None` if ids are not documented, or this item has no id.
    fn item_id(item: &Self::Item) -> Option<&Self::ItemId>;
    /// Returns what a page says about the length of the list, for example the total number of items.
    fn page_info(page: &Self::Page) -> PageInfo;
}

/// A stream that can be resumed after an error. For each page of a list, it yields a `P`: either the whole response, or
/// only the list of the page's items.
pub(super) trait ResumableStream<P>: Stream<Item = Result<P, Error>> + Send + Unpin {
    /// Resumes the stream after an error. Returns false if the stream cannot be resumed.
    fn resume(&mut self) -> bool;
    /// Returns the page number or offset that is requested next.
    fn next_page_param_value(&self) -> i64;
}

/// The maximum number of errors in a row after which a stream can still be resumed.
const MAX_CONSECUTIVE_ERRORS: u32 = 10;

/// The maximum number of consecutive pages without a new item that are accepted while the total number of items that
/// the API reports keeps growing. One more such page is an error. If the total does not grow, even the first such page
/// is an error.
const MAX_CONSECUTIVE_PAGES_WITHOUT_NEW_ITEMS: u32 = 10;

/// The initial and the maximum pause between an error and the next request. The pause doubles after each further error
/// in a row.
const INITIAL_AND_MAX_RESUME_PAUSES: (Duration, Duration) =
    (Duration::from_millis(200), Duration::from_secs(30));

type Request<C> = Pin<Box<<C as IntoFuture>::IntoFuture>>;

/// What the stream does when it is polled next.
enum NextStep {
    /// The stream requests the next page at this time, or without delay if the time is `None`.
    RequestPage(Option<Instant>),
    /// The page that this error is about was yielded by the last poll. The next poll yields the error.
    YieldError(Error),
    /// The stream yields nothing until `resume` is called, because it has ended with an error. The next request after
    /// `resume` is sent at the time in this variant or later.
    AwaitResume(Instant),
    /// The stream yields nothing, because it has reached the end of the list.
    End,
}

/// The stream of a list's pages.
pub(super) struct PageStream<C: Paged> {
    /// The call that requests the next page.
    next_page_call: C,
    position: PagePosition,
    next_step: NextStep,
    pause: Option<Pin<Box<Sleep>>>,
    /// The request for the next page, while its response is awaited; otherwise `None`.
    pending_request: Option<Request<C>>,
    seen: SeenItemHashes,
    /// The total number of items that the previous page reported; `None` if that page reported no total, or if there is
    /// no previous page.
    total_from_previous_page: Option<i64>,
    pages_without_new_items: u32,
    consecutive_errors: u32,
}

impl<C: Paged> PageStream<C> {
    pub(super) fn new(call: C) -> PageStream<C> {
        let position = PagePosition::new(
            C::PAGE_PARAM_UNIT,
            C::FIRST_POSITION,
            call.requested_position(),
            call.page_size(),
        );
        PageStream {
            next_page_call: call,
            position,
            next_step: NextStep::RequestPage(None),
            pause: None,
            pending_request: None,
            seen: SeenItemHashes::default(),
            total_from_previous_page: None,
            pages_without_new_items: 0,
            consecutive_errors: 0,
        }
    }

    /// Checks a received page, and moves the position of the stream to the next page. Returns the received page, or
    /// `None` if the page is past the end of the list.
    ///
    /// # Errors
    ///
    /// When the page contradicts itself or the pages before it.
    fn check_page_and_advance(
        &mut self,
        page: Response<C::Page>,
    ) -> Result<Option<Response<C::Page>>, Error> {
        let info = C::page_info(&page);
        let items = C::items(&page);
        if items.is_none() && (!page.unreadable_fields().is_empty() || self.position.should_have_items(info))
        {
            let message = format!(
                "the page at {} has no list of items that can be read",
                self.position.page_param_value
            );
            return Err(make_contradiction_error::<C>(message, &page));
        }
        let items = items.unwrap_or_default();
        if items.is_empty() || self.seen.insert_items::<C>(items) {
            self.pages_without_new_items = 0;
        } else if self.position.is_beyond_end(info) {
            // Some servers send the last page again if a page beyond the end of the list is requested. This page is
            // such a repetition, so it is dropped, and the list has ended.
            self.next_step = NextStep::End;
            return Ok(None);
        } else {
            self.pages_without_new_items += 1;
            if !self.has_total_grown_by(items.len(), info)
                || self.pages_without_new_items > MAX_CONSECUTIVE_PAGES_WITHOUT_NEW_ITEMS
            {
                let message = format!(
                    "the page at {} has no item that did not come before",
                    self.position.page_param_value
                );
                return Err(make_contradiction_error::<C>(message, &page));
            }
        }
        self.total_from_previous_page = info.total_items;
        let excess = self.position.find_count_and_exceeded_total(items.len(), info).map(|(came, total)| {
            let message =
                format!("{came} items have come, but the newest page says that there are {total} in all");
            make_contradiction_error::<C>(message, &page)
        });
        let next = match excess {
            Some(_) => self.position.position_after_page(items.len()),
            None => self.position.next_position(items.len(), info),
        };
        self.next_step = match (excess, next) {
            (Some(error), _) => NextStep::YieldError(error),
            (None, Some(_)) => NextStep::RequestPage(None),
            (None, None) => NextStep::End,
        };
        if let Some(position) = next {
            self.position = position;
            self.next_page_call.move_to(position.page_param_value);
        }
        Ok(Some(page))
    }

    /// Whether the total number of items in the list has grown by at least `items` since the previous page. `items` is
    /// the number of items of this page. If the list has grown so much, the added items may have moved older items to
    /// this page, so that the server sent the older items again.
    fn has_total_grown_by(&self, items: usize, info: PageInfo) -> bool {
        let growth = info
            .total_items
            .zip(self.total_from_previous_page)
            .map(|(now, before)| now.saturating_sub(before));
        growth.is_some_and(|growth| usize::try_from(growth).is_ok_and(|growth| growth >= items))
    }

    /// Stops the stream because of an error, and returns the error. The stream can be continued with `resume`.
    fn stop_with_error(&mut self, error: Error) -> Error {
        let doubled = INITIAL_AND_MAX_RESUME_PAUSES
            .0
            .saturating_mul(2_u32.saturating_pow(self.consecutive_errors))
            .min(INITIAL_AND_MAX_RESUME_PAUSES.1);
        self.consecutive_errors += 1;
        let pause = doubled.max(error.retry_after().unwrap_or_default());
        self.next_step = NextStep::AwaitResume(instant_after(Instant::now(), pause));
        error
    }
}

/// Makes the error for a page that contradicts itself or the pages before it.
fn make_contradiction_error<C: Paged>(message: impl Display, page: &Response<C::Page>) -> Error {
    let error = Error::decode(message.to_string()).with_operation_and_attempts(C::API, C::OPERATION, 1);
    error
        .with_request_read_only(C::OPERATION.is_read_only())
        .with_page_status_and_headers(page.http_status(), page.headers().clone())
}

// Only the request and the pause need to be pinned, and both are in a `Pin<Box<_>>`. So the stream itself can be moved.
impl<C: Paged> Unpin for PageStream<C> {}

impl<C: Paged> Stream for PageStream<C> {
    type Item = Result<Response<C::Page>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = &mut *self;
        match std::mem::replace(&mut stream.next_step, NextStep::RequestPage(None)) {
            NextStep::RequestPage(None) => {}
            NextStep::RequestPage(Some(begin)) => stream.pause = Some(Box::pin(sleep_until(begin))),
            NextStep::YieldError(error) => return Poll::Ready(Some(Err(stream.stop_with_error(error)))),
            ended @ (NextStep::AwaitResume(_) | NextStep::End) => {
                stream.next_step = ended;
                return Poll::Ready(None);
            }
        }
        if let Some(pause) = &mut stream.pause {
            ready!(pause.as_mut().poll(context));
            stream.pause = None;
        }
        let request = stream
            .pending_request
            .get_or_insert_with(|| Box::pin(stream.next_page_call.clone().into_future()));
        let result = ready!(request.as_mut().poll(context));
        stream.pending_request = None;
        Poll::Ready(match result.and_then(|page| stream.check_page_and_advance(page)) {
            Ok(page) => {
                if !matches!(stream.next_step, NextStep::YieldError(_)) {
                    stream.consecutive_errors = 0;
                }
                page.map(Ok)
            }
            Err(error) => Some(Err(stream.stop_with_error(error))),
        })
    }
}

impl<C: Paged> ResumableStream<Response<C::Page>> for PageStream<C> {
    fn resume(&mut self) -> bool {
        match self.next_step {
            NextStep::AwaitResume(begin) if self.consecutive_errors <= MAX_CONSECUTIVE_ERRORS => {
                self.next_step = NextStep::RequestPage(Some(begin));
                true
            }
            _ => false,
        }
    }

    fn next_page_param_value(&self) -> i64 {
        self.position.page_param_value
    }
}

/// A stream of a list's pages that yields only the items of each page, and not the whole response.
pub(super) struct PageItemsStream<C: Paged>(pub(super) PageStream<C>);

impl<C: Paged> Stream for PageItemsStream<C> {
    type Item = Result<Vec<C::Item>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(Pin::new(&mut self.0).poll_next(context));
        Poll::Ready(page.map(|page| page.map(|page| C::into_items(page.into_inner()))))
    }
}

impl<C: Paged> ResumableStream<Vec<C::Item>> for PageItemsStream<C> {
    fn resume(&mut self) -> bool {
        self.0.resume()
    }

    fn next_page_param_value(&self) -> i64 {
        self.0.next_page_param_value()
    }
}
