//! Lists that come in pages, as streams.
//!
//! Every list operation whose pages the documents describe has two methods on its call: `items`, a stream of all
//! items, and `pages`, a stream of the responses that they come in.
//!
//! ```no_run
//! use partner_runtime::{Error, Items};
//!
//! /// Prints a list, and ends at the first error.
//! async fn print<T: std::fmt::Debug>(mut items: Items<T>) -> Result<(), Error> {
//!     while let Some(item) = items.next().await {
//!         println!("{:?}", item?);
//!     }
//!     Ok(())
//! }
//! ```
//!
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
//! Without a request after the last page, as far as the responses tell which one that is:
//!
//! 1. A page without items is the last one, whatever else the response says.
//! 2. If the response says whether there is more, that counts; otherwise the number of pages, or of items, in all. A
//!    number of zero beside items is taken for an omission.
//! 3. If it says none of these, a page with fewer items than were asked for is the last one.
//! 4. If no page size was set either, only the first rule is left, and costs one more request.
//!
//! Where the position is an offset, it grows by the items that came, so a server that gives fewer than were asked for
//! skips none.
//!
//! # Errors
//!
//! A page that fails is one error, and **every error ends the stream**: from then on it gives `None` and sends
//! nothing, so that a loop that skips errors ends, too. `None` after an error does not mean that the list was read to
//! its end.
//!
//! [`Items::resume`] and [`Pages::resume`] go on where the error was, and lose and repeat no item:
//!
//! ```no_run
//! use partner_runtime::{Error, Items};
//!
//! /// Reads all items, in spite of failures that do not last.
//! async fn read_all<T>(mut items: Items<T>) -> Result<Vec<T>, Error> {
//!     let mut all = Vec::new();
//!     while let Some(item) = items.next().await {
//!         match item {
//!             Ok(item) => all.push(item),
//!             Err(error) if error.is_retryable() && items.resume() => {}
//!             Err(error) => return Err(error),
//!         }
//!     }
//!     Ok(all)
//! }
//! ```
//!
//! A stream that was resumed pauses before its request: 200 ms after the first error, twice as long after each further
//! one in a row, 30 seconds at most, and no shorter than the server's `Retry-After`. After 10 errors in a row without a
//! page in between, `resume` returns `false`, so that no loop is endless.
//!
//! # What is guaranteed
//!
//! A stream sends no requests forever to a server that does not go on, and every page that contradicts what came
//! before is an error of the kind [`ErrorKind::Decode`]:
//!
//! - **A page that has no item that did not come before.** That is how a server looks that ignores the parameter, gives
//!   a few pages in a circle, or the same page with another timestamp in it. Items are compared by their ids, with
//!   all that have come; only pages in which nothing has an id are compared as a whole. A hash of 8 bytes is kept of
//!   each item for that.
//! - **A page without a list of items**, because the list cannot be read, or is absent although the page says that there
//!   are items. A list that is `null` or absent where there are none is a page without items.
//! - **More items than there are.** When more have come than the newest page says that there are in all, its items are
//!   given, and then an error that names both numbers.
//!
//! A list may change while it is read. What is tolerated:
//!
//! - Items that come twice, because others were added before them: a page is fine as long as one of its items is new.
//!   Even a page without a new item is, if the total has grown since the page before by as many items as it has; no
//!   more than 10 of these in a row are.
//! - A total that grows or shrinks: only the newest one counts. A list that has become shorter than the position ends,
//!   be it with an empty page or with its last page once more.
//!
//! What cannot be noticed: new items without end, a total that is too small where a page ends with it exactly, and a
//! page without items that comes too early. [`Pages`] shows the totals of each page to those who want to compare.

mod page_info;
mod seen;
#[cfg(test)]
mod tests;
mod walk;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

#[cfg(doc)]
use crate::ErrorKind;
use crate::{Error, Response};

#[doc(hidden)]
pub use page_info::{PageInfo, PageParam};
#[doc(hidden)]
pub use walk::Paged;
use walk::Source;

/// All items of a list, page after page. See the [module](self) for how it ends, and what an error means.
#[must_use = "nothing is sent until the stream is polled"]
pub struct Items<T> {
    pages: Box<dyn Source<Vec<T>>>,
    /// What is left of the page that came last.
    rest: vec::IntoIter<T>,
    /// The position of that page.
    position: i64,
}

/// The pages of a list, each as the response that it came in. See the [module](self) for how it ends, and what an error
/// means. A list without items has one page without items.
#[must_use = "nothing is sent until the stream is polled"]
pub struct Pages<P> {
    pages: Box<dyn Source<Response<P>>>,
}

impl<T> Items<T> {
    pub(crate) fn of<C>(call: C) -> Items<T>
    where
        C: Paged<Item = T>,
        T: Send + 'static,
    {
        let pages = Box::new(walk::ItemsOfPages(walk::Walk::new(call)));
        Items { position: pages.position(), pages, rest: Vec::new().into_iter() }
    }

    /// The next item; nothing after the last one, and after an error. A future that is dropped before it is done loses
    /// nothing: the next one goes on where it was.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    /// Goes on after an error, with the page that failed: no item is lost, and none comes twice. It sends nothing by
    /// itself, and `next` waits before it does; see the [module](self#errors) for how long.
    ///
    /// Returns whether the stream goes on. It does not where it has not ended at an error, and after 10 errors in a row
    /// without a page in between.
    #[must_use = "a stream that cannot be resumed gives nothing more"]
    pub fn resume(&mut self) -> bool {
        self.pages.resume()
    }

    /// The page or offset from which a new stream of the same call, filters and page size gives at least all items
    /// that this one has not given yet: that of the page of the next item.
    pub fn position(&self) -> i64 {
        if self.rest.len() == 0 { self.pages.position() } else { self.position }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.rest.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            self.position = self.pages.position();
            // The page that is used up is not kept in memory until the next one has come.
            self.rest = vec::IntoIter::default();
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(items)) => self.rest = items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P> Pages<P> {
    pub(crate) fn of<C: Paged<Page = P>>(call: C) -> Pages<P> {
        Pages { pages: Box::new(walk::Walk::new(call)) }
    }

    /// The next page; nothing after the last one, and after an error. A future that is dropped before it is done loses
    /// nothing: the next one goes on where it was.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut self.pages).poll_next(context)).await
    }

    /// Goes on after an error, with the page that failed. Like [`Items::resume`].
    #[must_use = "a stream that cannot be resumed gives nothing more"]
    pub fn resume(&mut self) -> bool {
        self.pages.resume()
    }

    /// The page or offset that is asked for next, for a new stream of the same call, filters and page size. After an
    /// error it is that of the page that failed, and after the end that of the last page.
    pub fn position(&self) -> i64 {
        self.pages.position()
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
        Pin::new(&mut self.get_mut().pages).poll_next(context)
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
