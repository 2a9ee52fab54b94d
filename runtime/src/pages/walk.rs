//! The stream of pages: one request at a time, each for the page after the last one that came.

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
    /// How many items the caller requested for a page, capped at the maximum of the server.
    fn page_size(&self) -> Option<i64>;
    /// The items of a page. None when the page has no list.
    fn items(page: &Self::Page) -> Option<&[Self::Item]>;
    /// Takes the items out of a page.
    fn into_items(page: Self::Page) -> Vec<Self::Item>;
    /// The id of an item. None when ids are not documented, or this item has none.
    fn id(item: &Self::Item) -> Option<&Self::Id>;
    /// What a page says about the length of the list.
    fn page_info(page: &Self::Page) -> PageInfo;
}

/// A stream of pages, or of their contents, that can be resumed after an error.
pub(super) trait Source<P>: Stream<Item = Result<P, Error>> + Send + Unpin {
    /// Resumes after an error. Returns whether it can.
    fn resume(&mut self) -> bool;
    /// The page or offset that is requested next.
    fn position(&self) -> i64;
}

/// How many errors in a row a stream can be resumed after.
const MAX_CONSECUTIVE_FAILURES: u32 = 10;

/// How many pages in a row may have only items that came before, while the list grows.
const MAX_PAGES_WITHOUT_NEW_ITEMS: u32 = 10;

/// The pause before a page is requested again: the first one, and the longest one. It doubles with each error.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));

type Request<C> = Pin<Box<<C as IntoFuture>::IntoFuture>>;

/// The next step of a stream.
enum Next {
    /// Requests a page, not before the given time if there is one.
    Page(Option<Instant>),
    /// Yields an error about the page that it yielded last.
    Error(Error),
    /// Nothing: it has ended at an error, and can be resumed from the given time on.
    Failed(Instant),
    /// Nothing: it has reached the end of the list.
    End,
}

/// The stream of pages.
pub(super) struct Walk<C: Paged> {
    /// The call for the next page.
    call: C,
    position: Position,
    next: Next,
    pause: Option<Pin<Box<Sleep>>>,
    /// The request for the next page, while it runs.
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

    /// Checks a page, and moves on to the next one. Returns `None` when the list has ended before this page.
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

    /// Whether the list has grown by at least this number of items since the last page. Then items may have been added before
    /// the position, so that items come again.
    fn has_grown_by(&self, items: usize, info: PageInfo) -> bool {
        let growth = info.total.zip(self.total).map(|(now, before)| now.saturating_sub(before));
        growth.is_some_and(|growth| usize::try_from(growth).is_ok_and(|growth| growth >= items))
    }

    /// Ends the stream at an error, until it is resumed.
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

// The request and the pause are in boxes, and nothing else is ever pinned.
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
