//! From page to page: one request at a time, each for the page after the last one that came.

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
    /// What is in the list.
    type Item: Serialize + Send + 'static;
    /// The type of an item's id.
    type Id: Hash;

    /// The API that is called.
    const API: &'static Api;
    /// The operation that is called.
    const OPERATION: &'static Operation;
    /// What the parameter counts that leads on.
    const PAGE_PARAM: PageParam;
    /// What it is on the first page.
    const FIRST: i64;

    /// The page or offset that the caller set.
    fn position(&self) -> Option<i64>;
    /// Sets the page or offset.
    fn move_to(&mut self, position: i64);
    /// How many items the caller asked for; no more than the server ever gives.
    fn page_size(&self) -> Option<i64>;
    /// The items of a page; nothing when it has no list of them.
    fn items(answer: &Self::Page) -> Option<&[Self::Item]>;
    /// The items of a page, alone.
    fn into_items(answer: Self::Page) -> Vec<Self::Item>;
    /// The id of an item, if the documents have one and this item, too.
    fn id(item: &Self::Item) -> Option<&Self::Id>;
    /// What a page tells about how far the list goes.
    fn page_info(answer: &Self::Page) -> PageInfo;
}

/// A stream of pages, or of what is in them, that can be resumed after an error.
pub(super) trait Source<P>: Stream<Item = Result<P, Error>> + Send + Unpin {
    /// Goes on after an error. Whether it does.
    fn resume(&mut self) -> bool;
    /// The page or offset that is asked for next.
    fn position(&self) -> i64;
}

/// How many errors in a row a stream can be resumed after.
const MAX_CONSECUTIVE_FAILURES: u32 = 10;

/// How many pages in a row may consist of items that came before, when the list grows meanwhile.
const MAX_PAGES_WITHOUT_NEW_ITEMS: u32 = 10;

/// The pause before a page is asked for again: after the first error, and at most. It doubles with each error.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));

type Asking<C> = Pin<Box<<C as IntoFuture>::IntoFuture>>;

/// What a stream does when it is polled.
enum Next {
    /// It asks for a page, not before the given time if there is one.
    Page(Option<Instant>),
    /// It gives an error about the page that it gave last.
    Error(Error),
    /// It has ended at an error, and can be resumed from the given time on.
    Failed(Instant),
    /// It has come to the end of the list.
    End,
}

/// The stream of pages.
pub(super) struct Walk<C: Paged> {
    /// The call of the page that is due.
    call: C,
    position: Position,
    next: Next,
    pause: Option<Pin<Box<Sleep>>>,
    /// Its request, once it was begun.
    asking: Option<Asking<C>>,
    seen: Seen,
    /// What the page before says how many items there are.
    total: Option<i64>,
    pages_without_new_items: u32,
    consecutive_failures: u32,
}

impl<C: Paged> Walk<C> {
    pub(super) fn new(call: C) -> Walk<C> {
        let position = Position::start(C::PAGE_PARAM, C::FIRST, call.position(), call.page_size());
        Walk {
            call,
            position,
            next: Next::Page(None),
            pause: None,
            asking: None,
            seen: Seen::default(),
            total: None,
            pages_without_new_items: 0,
            consecutive_failures: 0,
        }
    }

    /// Takes a page for what it is: one of the list, nothing when the list has ended before it, or no page at all.
    fn arrive(&mut self, page: Response<C::Page>) -> Result<Option<Response<C::Page>>, Error> {
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
            // Asked for a page after the last one, some servers repeat the last one.
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

    /// Whether so many items may have been added before the position since the last page: a page of items that came
    /// before is no wonder then.
    fn has_grown_by(&self, items: usize, info: PageInfo) -> bool {
        let growth = info.total.zip(self.total).map(|(now, before)| now.saturating_sub(before));
        growth.is_some_and(|growth| usize::try_from(growth).is_ok_and(|growth| growth >= items))
    }

    /// Ends at an error.
    fn fail(&mut self, error: Error) -> Error {
        let doubled = PAUSE.0.saturating_mul(2_u32.saturating_pow(self.consecutive_failures)).min(PAUSE.1);
        self.consecutive_failures += 1;
        let pause = doubled.max(error.retry_after().unwrap_or_default());
        self.next = Next::Failed(instant_after(Instant::now(), pause));
        error
    }
}

/// The error of a page that contradicts those before it, or itself.
fn contradiction<C: Paged>(message: impl Display, page: &Response<C::Page>) -> Error {
    let error = Error::decode(message.to_string()).of_call(C::API, C::OPERATION, 1);
    error.with_page(page.status(), page.headers().clone())
}

// Its request and its pause are in boxes, and nothing else is ever pinned.
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
        let asking = walk.asking.get_or_insert_with(|| Box::pin(walk.call.clone().into_future()));
        let result = ready!(asking.as_mut().poll(context));
        walk.asking = None;
        Poll::Ready(match result.and_then(|page| walk.arrive(page)) {
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

/// Like `Walk`, but gives the items of each page without the page itself.
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
