//! From page to page: one request at a time, each for the page after the last one that came.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::reach::Position;
use super::{Counted, Reach};
use crate::api::Api;
use crate::operation::Operation;
use crate::{Error, Response};

/// A call whose answer is a page of a list. Implemented by generated code.
pub(crate) trait Paged:
    IntoFuture<Output = Result<Response<Self::Page>, Error>, IntoFuture: Send + 'static> + Clone + Send + 'static
{
    /// The answer.
    type Page: Send + 'static;
    /// What is in the list.
    type Item: Clone + PartialEq + Send + 'static;

    /// The API that is called.
    const API: &'static Api;
    /// The operation that is called.
    const OPERATION: &'static Operation;
    /// What the parameter counts that leads on.
    const COUNTED: Counted;
    /// What it is on the first page.
    const FIRST: i64;

    /// The page or offset that the caller set.
    fn position(&self) -> Option<i64>;
    /// Sets the page or offset.
    fn move_to(&mut self, position: i64);
    /// How many items the caller asked for; no more than the server ever gives.
    fn page_size(&self) -> Option<i64>;
    /// The items of a page.
    fn items(answer: &Self::Page) -> &[Self::Item];
    /// The items of a page, alone.
    fn into_items(answer: Self::Page) -> Vec<Self::Item>;
    /// What a page tells about how far the list goes.
    fn reach(answer: &Self::Page) -> Reach;
}

type Asking<C> = Pin<Box<<C as IntoFuture>::IntoFuture>>;

/// The stream of pages.
pub(super) struct Walk<C: Paged> {
    /// The call of the page that is due.
    call: C,
    position: Position,
    /// Its request, once it was begun.
    asking: Option<Asking<C>>,
    /// The items of the page before, to notice a server that does not go on.
    before: Vec<C::Item>,
    ended: bool,
}

impl<C: Paged> Walk<C> {
    pub(super) fn new(call: C) -> Walk<C> {
        let position = Position::start(C::COUNTED, C::FIRST, call.position(), call.page_size());
        Walk { call, position, asking: None, before: Vec::new(), ended: false }
    }

    /// Takes a page for what it is: the last one, one with another after it, or no page at all.
    fn arrive(&mut self, answer: Response<C::Page>) -> Result<Response<C::Page>, Error> {
        let items = C::items(&answer);
        if !items.is_empty() && items == self.before {
            self.ended = true;
            let message = format!("the page at {} is the one before it again", self.position.at);
            let error = Error::decode(message).of_call(C::API, C::OPERATION, 1);
            return Err(error.with_answer(answer.status(), answer.headers().clone(), Bytes::new()));
        }
        match self.position.next(items.len(), C::reach(&answer)) {
            Some(next) => {
                self.before = items.to_vec();
                self.position = next;
                self.call.move_to(next.at);
            }
            None => self.ended = true,
        }
        Ok(answer)
    }
}

// Its request is in a box, and nothing else is ever pinned.
impl<C: Paged> Unpin for Walk<C> {}

impl<C: Paged> Stream for Walk<C> {
    type Item = Result<Response<C::Page>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let walk = &mut *self;
        if walk.ended {
            return Poll::Ready(None);
        }
        let asking = walk.asking.get_or_insert_with(|| Box::pin(walk.call.clone().into_future()));
        let result = ready!(asking.as_mut().poll(context));
        walk.asking = None;
        Poll::Ready(Some(match result {
            Ok(answer) => walk.arrive(answer),
            Err(error) => {
                walk.ended = !error.is_retryable();
                Err(error)
            }
        }))
    }
}

/// The same, with the items of each page alone.
pub(super) struct ItemsOfPages<C: Paged>(pub(super) Walk<C>);

impl<C: Paged> Stream for ItemsOfPages<C> {
    type Item = Result<Vec<C::Item>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(Pin::new(&mut self.0).poll_next(context));
        Poll::Ready(page.map(|page| page.map(|page| C::into_items(page.into_inner()))))
    }
}
