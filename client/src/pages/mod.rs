//! Lists that come in pages, as streams.
//!
//! Every list operation whose pages the documents describe has two methods on its call: `items`, a stream of all
//! items, and `pages`, a stream of the answers that they come in.
#![cfg_attr(
    feature = "unigox",
    doc = r#"
```no_run
use partner_client::unigox::{Client, OrderStatus};

# async fn example(unigox: Client) -> Result<(), partner_client::Error> {
let mut orders = unigox.list_orders().status(OrderStatus::Completed).limit(100).items();
while let Some(order) = orders.next().await {
    println!("{:?}", order?.order_id);
}
# Ok(())
# }
```
"#
)]
//! [`Items`] and [`Pages`] are [`Stream`]s, so that everything of the `futures` crates works on them; `next` needs
//! none of those.
//!
//! # What is sent
//!
//! Nothing until the stream is polled, and then one request at a time: a page is asked for when the items before it
//! have been taken. Who stops early causes no further request, and dropping the stream cancels the one that runs.
//!
//! Each page is asked for by the same call: its filters, its page size, its timeout and its headers are those that
//! were set before. The page or offset that was set is where the stream begins.
//!
//! # How it ends
//!
//! Without a request after the last page, as far as the answers tell which one that is:
//!
//! 1. A page without items is the last one, whatever else the answer says.
//! 2. If the answer says whether there is more, that counts; otherwise the number of pages, or of items, in all. A
//!    number of zero beside items is taken for an omission.
//! 3. If it says none of these, a page with fewer items than were asked for is the last one.
//! 4. If no page size was set either, only the first rule is left, and costs one more request.
//!
//! A page that has the same items as the one before is an error of the kind [`ErrorKind::Decode`]: a server that
//! does not go on is not asked forever.
//!
//! Where the position is an offset, it grows by the items that came, so a server that gives fewer than were asked for
//! skips none.
//!
//! # Errors
//!
//! A page that fails is one error of the stream; no item is lost or given twice. After an error that
//! [can be retried](Error::is_retryable), polling again asks for the same page again. After any other the stream has
//! ended.
//!
#![cfg_attr(
    all(feature = "unigox", feature = "p100"),
    doc = "How to go on after an error, and what becomes of lists that change, is in the [guide](crate::guide::pagination)."
)]

mod reach;
mod walk;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

#[cfg(doc)]
use crate::ErrorKind;
use crate::{Error, Response};

pub(crate) use reach::{Counted, Reach};
pub(crate) use walk::Paged;

/// All items of a list, page after page. See the [module](self) for how it ends, and what an error means.
#[must_use = "nothing is sent until the stream is polled"]
pub struct Items<T> {
    pages: Pin<Box<dyn Stream<Item = Result<Vec<T>, Error>> + Send>>,
    /// What is left of the page that came last.
    rest: vec::IntoIter<T>,
}

/// The pages of a list, each as the answer that it came in. See the [module](self) for how it ends, and what an error
/// means. A list without items has one page without items.
#[must_use = "nothing is sent until the stream is polled"]
pub struct Pages<P> {
    pages: Pin<Box<dyn Stream<Item = Result<Response<P>, Error>> + Send>>,
}

impl<T> Items<T> {
    pub(crate) fn of<C>(call: C) -> Items<T>
    where
        C: Paged<Item = T>,
        T: Send + 'static,
    {
        let pages = Box::pin(walk::ItemsOfPages(walk::Walk::new(call)));
        Items { pages, rest: Vec::new().into_iter() }
    }

    /// The next item; nothing after the last one. A future that is dropped before it is done loses nothing: the next
    /// one goes on where it was.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.rest.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.as_mut().poll_next(context)) {
                Some(Ok(items)) => self.rest = items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P> Pages<P> {
    pub(crate) fn of<C: Paged<Page = P>>(call: C) -> Pages<P> {
        Pages { pages: Box::pin(walk::Walk::new(call)) }
    }

    /// The next page; nothing after the last one. A future that is dropped before it is done loses nothing: the next
    /// one goes on where it was.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        std::future::poll_fn(|context| self.pages.as_mut().poll_next(context)).await
    }
}

// No item is ever pinned in place.
impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len(), None)
    }
}

impl<P> Stream for Pages<P> {
    type Item = Result<Response<P>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().pages.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("ready", &self.rest.len()).finish_non_exhaustive()
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}
