//! The stream of pages. It sends one request at a time, each for the page after the one received last.

use std::fmt::Display;
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::Serialize;
use tokio::time::{Instant, Sleep, sleep_until};

use super::page_info::Position;
use super::seen::Seen;
use super::{PageInfo, PageParam};
use crate::api::Api;
use crate::clock::instant_after;
use crate::operation::Operation;
use crate::{Error, Response};

/// A call whose response is a page of a list. Implemented by generated code.
pub trait Paged:
    IntoFuture<Output = Result<Response<Self::Page>, Error>, IntoFuture: Send + 'static> + Clone + Send + 'static
{
    /// The type of a page.
    type Page: Send + 'static;
    /// The type of an item.
    type Item: Serialize + Send + 'static;
    /// The type of an item's id.
    type Id: Hash;

    /// The API that is called.
    const API: &'static Api;
    /// The operation that is called.
    const OPERATION: &'static Operation;
    /// What the page parameter counts.
    const PAGE_PARAM: PageParam;
    /// The page parameter of the first page.
    const FIRST: i64;

    /// The page or offset that the caller set.
    fn position(&self) -> Option<i64>;
    /// Sets the page or offset.
    fn move_to(&mut self, position: i64);
    /// The number of items that the caller requested for a page, capped at the server's maximum.
    fn page_size(&self) -> Option<i64>;
    /// The items of a page; `None` if the page has no list of items.
    fn items(page: &Self::Page) -> Option<&[Self::Item]>;
    /// Takes the items out of a page.
    fn into_items(page: Self::Page) -> Vec<Self::Item>;
    /// The id of an item; `None` if ids are not documented, or this item has no id.
    fn id(item: &Self::Item) -> Option<&Self::Id>;
    /// The properties of a page that describe the length of the list.
    fn page_info(page: &Self::Page) -> PageInfo;
}

/// A stream of pages, or of the items of each page, that can be resumed after an error.
pub(super) trait Source<P>: Stream<Item = Result<P, Error>> + Send + Unpin {
    /// Resumes the stream after an error. Returns false if the stream cannot be resumed.
    fn resume(&mut self) -> bool;
    /// The page or offset that is requested next.
    fn position(&self) -> i64;
}

/// The most errors in a row after which a stream can be resumed.
const MAX_CONSECUTIVE_FAILURES: u32 = 10;

/// The most pages in a row that may have only items that were received before, if the list grows meanwhile.
const MAX_PAGES_WITHOUT_NEW_ITEMS: u32 = 10;

/// The first and the longest pause before a page is requested again. The pause doubles with each error in a row.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));

type Request<C> = Pin<Box<<C as IntoFuture>::IntoFuture>>;

/// The next step of a stream.
enum Next {
    /// Requests a page; if there is a time, not before this time.
    Page(Option<Instant>),
    /// Yields an error about the page that was yielded last.
    Error(Error),
    /// Yields nothing. The stream has ended at an error; after it is resumed, the next request is sent at this time or
    /// later.
    Failed(Instant),
    /// Yields nothing. The stream has reached the end of the list.
    End,
}

/// The stream of pages.
pub(super) struct Walk<C: Paged> {
    /// The call for the next page.
    call: C,
    position: Position,
    next: Next,
    pause: Option<Pin<Box<Sleep>>>,
    /// The running request for the next page.
    request: Option<Request<C>>,
    seen: Seen,
    /// The total number of items according to the previous page.
    total: Option<i64>,
    pages_without_new_items: u32,
    consecutive_failures: u32,
}

impl<C: Paged> Walk<C> {
    pub(super) fn new(call: C) -> Walk<C> {
        let position = Position::new(C::PAGE_PARAM, C::FIRST, call.position(), call.page_size());
        Walk {
            call,
            position,
            next: Next::Page(None),
            pause: None,
            request: None,
            seen: Seen::default(),
            total: None,
            pages_without_new_items: 0,
            consecutive_failures: 0,
        }
    }

    /// Checks a page, and moves the position to the next page. Returns `None` if the list has ended before this page.
    ///
    /// # Errors
    ///
    /// When the page contradicts itself or the pages before it.
    fn accept(&mut self, page: Response<C::Page>) -> Result<Option<Response<C::Page>>, Error> {
        let info = C::page_info(&page);
        let items = C::items(&page);
        if items.is_none() && (!page.unreadable().is_empty() || self.position.promises_items(info)) {
            let message = format!("the page at {} has no list of items that can be read", self.position.at);
            return Err(contradiction::<C>(message, &page));
        }
        let items = items.unwrap_or_default();
        if items.is_empty() || self.seen.add::<C>(items) {
            self.pages_without_new_items = 0;
        } else if self.position.is_beyond(info) {
            // Some servers repeat the last page when a page after it is requested.
            self.next = Next::End;
            return Ok(None);
        } else {
            self.pages_without_new_items += 1;
            if !self.has_grown_by(items.len(), info)
                || self.pages_without_new_items > MAX_PAGES_WITHOUT_NEW_ITEMS
            {
                let message =
                    format!("the page at {} has no item that did not come before", self.position.at);
                return Err(contradiction::<C>(message, &page));
            }
        }
        self.total = info.total;
        let excess = self.position.excess(items.len(), info).map(|(came, total)| {
            let message =
                format!("{came} items have come, but the newest page says that there are {total} in all");
            contradiction::<C>(message, &page)
        });
        let next = match excess {
            Some(_) => self.position.after(items.len()),
            None => self.position.next(items.len(), info),
        };
        self.next = match (excess, next) {
            (Some(error), _) => Next::Error(error),
            (None, Some(_)) => Next::Page(None),
            (None, None) => Next::End,
        };
        if let Some(position) = next {
            self.position = position;
            self.call.move_to(position.at);
        }
        Ok(Some(page))
    }

    /// Whether the total has grown by at least this number of items since the previous page. If so, items may have been
    /// inserted before the position, which makes the server send items again.
    fn has_grown_by(&self, items: usize, info: PageInfo) -> bool {
        let growth = info.total.zip(self.total).map(|(now, before)| now.saturating_sub(before));
        growth.is_some_and(|growth| usize::try_from(growth).is_ok_and(|growth| growth >= items))
    }

    /// Ends the stream at an error, until it is resumed. Returns the error.
    fn fail(&mut self, error: Error) -> Error {
        let doubled = PAUSE.0.saturating_mul(2_u32.saturating_pow(self.consecutive_failures)).min(PAUSE.1);
        self.consecutive_failures += 1;
        let pause = doubled.max(error.retry_after().unwrap_or_default());
        self.next = Next::Failed(instant_after(Instant::now(), pause));
        error
    }
}

/// The error for a page that contradicts itself or the pages before it.
fn contradiction<C: Paged>(message: impl Display, page: &Response<C::Page>) -> Error {
    let error = Error::decode(message.to_string()).of_call(C::API, C::OPERATION, 1);
    error.with_page(page.status(), page.headers().clone())
}

// The request and the pause are boxed, and nothing else is ever pinned.
impl<C: Paged> Unpin for Walk<C> {}

impl<C: Paged> Stream for Walk<C> {
    type Item = Result<Response<C::Page>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let walk = &mut *self;
        match std::mem::replace(&mut walk.next, Next::Page(None)) {
            Next::Page(None) => {}
            Next::Page(Some(begin)) => walk.pause = Some(Box::pin(sleep_until(begin))),
            Next::Error(error) => return Poll::Ready(Some(Err(walk.fail(error)))),
            ended @ (Next::Failed(_) | Next::End) => {
                walk.next = ended;
                return Poll::Ready(None);
            }
        }
        if let Some(pause) = &mut walk.pause {
            ready!(pause.as_mut().poll(context));
            walk.pause = None;
        }
        let request = walk.request.get_or_insert_with(|| Box::pin(walk.call.clone().into_future()));
        let result = ready!(request.as_mut().poll(context));
        walk.request = None;
        Poll::Ready(match result.and_then(|page| walk.accept(page)) {
            Ok(page) => {
                if !matches!(walk.next, Next::Error(_)) {
                    walk.consecutive_failures = 0;
                }
                page.map(Ok)
            }
            Err(error) => Some(Err(walk.fail(error))),
        })
    }
}

impl<C: Paged> Source<Response<C::Page>> for Walk<C> {
    fn resume(&mut self) -> bool {
        match self.next {
            Next::Failed(begin) if self.consecutive_failures <= MAX_CONSECUTIVE_FAILURES => {
                self.next = Next::Page(Some(begin));
                true
            }
            _ => false,
        }
    }

    fn position(&self) -> i64 {
        self.position.at
    }
}

/// Like `Walk`, but yields the items of each page without the page itself.
pub(super) struct ItemsOfPages<C: Paged>(pub(super) Walk<C>);

impl<C: Paged> Stream for ItemsOfPages<C> {
    type Item = Result<Vec<C::Item>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(Pin::new(&mut self.0).poll_next(context));
        Poll::Ready(page.map(|page| page.map(|page| C::into_items(page.into_inner()))))
    }
}

impl<C: Paged> Source<Vec<C::Item>> for ItemsOfPages<C> {
    fn resume(&mut self) -> bool {
        self.0.resume()
    }

    fn position(&self) -> i64 {
        self.0.position()
    }
}
