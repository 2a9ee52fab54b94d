//! Streams over lists that an API returns page by page.
//!
//! If the documents describe the pages of a list operation, its call has two methods: `items` returns a stream of all
//! items, and `pages` returns a stream of the responses that contain the items.
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
//! [`Items`] and [`Pages`] are [`Stream`]s, so all adapters of the `futures` crates can be used; `next` needs none of
//! these crates.
//!
//! # What is sent
//!
//! Nothing is sent until the stream is polled. Then one request is sent at a time: a page is requested after all items
//! before it were yielded. A caller who stops early causes no further request, and dropping the stream cancels the
//! request that runs.
//!
//! Each page is requested by the same call, with the filters, page size, timeout and headers that were set before. The
//! stream begins at the page or offset that was set.
//!
//! # How it ends
//!
//! The last page is recognized from the responses, where they allow it, so that no request is sent after it:
//!
//! 1. A page without items is the last one, whatever else the response says.
//! 2. If the response says whether there are more pages, that decides. Otherwise the total number of pages or items
//!    does. A total of zero beside items counts as not sent.
//! 3. If the response has none of these, a page with fewer items than were requested is the last one.
//! 4. If no page size was set either, only the first rule is left, which costs one more request.
//!
//! The offset increases by the number of received items, so no item is skipped if a server sends fewer items than were
//! requested.
//!
//! # Errors
//!
//! A page that fails is one error, and **every error ends the stream**: after it the stream yields `None` and sends
//! nothing, so that a loop that skips errors ends as well. `None` after an error does not mean that the list was read
//! to its end.
//!
//! [`Items::resume`] and [`Pages::resume`] continue with the page that failed. No item is lost or repeated:
//!
//! ```no_run
//! use partner_runtime::{Error, Items};
//!
//! /// Reads all items, in spite of transient failures.
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
//! error in a row, at most 30 seconds, and no shorter than the server's `Retry-After`. After 10 errors in a row
//! `resume` returns `false`, so that no loop is endless.
//!
//! # What is guaranteed
//!
//! A stream does not send requests forever to a server that repeats its pages. Every page that contradicts the pages
//! before it is an error of the kind [`ErrorKind::Decode`]:
//!
//! - **A page without a new item.** A server that ignores the page parameter, or repeats its pages, sends such a page.
//!   Items are compared by their ids with all items received before. A page whose items have no ids is compared as a
//!   whole. For the comparison, the stream stores a hash of 8 bytes for each item.
//! - **A page without a list of items**, because the list cannot be read, or is absent although the numbers of the page
//!   say that there are items. If they say that there are none, a list that is `null` or absent is a page without
//!   items.
//! - **More items than there are in all.** If more items were received than the total of the newest page, the items of
//!   that page are yielded, and then an error with both numbers.
//!
//! A list may change while it is read. The stream tolerates:
//!
//! - Repeated items, because other items were added before them, as long as a page has at least one new item. A page
//!   without a new item is tolerated if the total has grown by as many items as it has since the page before, up to 10
//!   times in a row.
//! - A total that changes. Only the newest total counts. If the list became shorter than the position, the stream ends,
//!   whether the server sends an empty page or repeats its last page.
//!
//! Some faults cannot be recognized: a server that makes up new items without end, a total that is too small and is
//! reached exactly at the end of a page, and an empty page that comes too early. To compare totals, use [`Pages`].

mod page_info;
mod page_stream;
mod seen;
#[cfg(test)]
mod tests;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

#[cfg(doc)]
use crate::ErrorKind;
use crate::{Error, Response};

#[doc(hidden)]
pub use page_info::{PageInfo, PageParamUnit};
#[doc(hidden)]
pub use page_stream::Paged;
use page_stream::ResumableStream;

/// The stream of all items of a list, page after page. The [module](self) explains how the stream ends, and what an
/// error means.
#[must_use = "nothing is sent until the stream is polled"]
pub struct Items<T> {
    pages: Box<dyn ResumableStream<Vec<T>>>,
    /// The items that were received, but not yielded yet. They are all from the latest page.
    pending_items: vec::IntoIter<T>,
    /// The page number or offset of the page to which the `pending_items` belong.
    position: i64,
}

/// The stream of the pages of a list. Each page is a response. The [module](self) explains how the stream ends, and
/// what an error means. A list without items has one page, which is empty.
#[must_use = "nothing is sent until the stream is polled"]
pub struct Pages<P> {
    pages: Box<dyn ResumableStream<Response<P>>>,
}

impl<T> Items<T> {
    pub(crate) fn new<C>(call: C) -> Items<T>
    where
        C: Paged<Item = T>,
        T: Send + 'static,
    {
        let pages = Box::new(page_stream::PageItemsStream(page_stream::PageStream::new(call)));
        Items { position: pages.next_page_param_value(), pages, pending_items: Vec::new().into_iter() }
    }

    /// Returns the next item; `None` after the last item and after an error. If the future is dropped before it is
    /// ready, no item is lost: the following call of `next` continues where the dropped future stopped.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    /// Resumes a stream that ended at an error: the stream continues with the page that failed. No item is lost or
    /// repeated. This function sends no request. The following call of `next` pauses, and then sends the request, see
    /// the [module](self#errors).
    ///
    /// Returns whether the stream was resumed. Returns false if the stream has not ended at an error, or after 10
    /// errors in a row.
    #[must_use = "a stream that cannot be resumed yields nothing more"]
    pub fn resume(&mut self) -> bool {
        self.pages.resume()
    }

    /// Returns the page number or offset of the page that has the next item. To continue later, begin a new stream of
    /// the same call at this position, with the same filters and page size. The new stream yields all items that this
    /// stream has not yielded yet, and maybe some that this stream has already yielded.
    pub fn position(&self) -> i64 {
        if self.pending_items.len() == 0 { self.pages.next_page_param_value() } else { self.position }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.pending_items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            self.position = self.pages.next_page_param_value();
            // Frees the memory of the finished page before the next page is read.
            self.pending_items = vec::IntoIter::default();
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(items)) => self.pending_items = items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P> Pages<P> {
    pub(crate) fn new<C: Paged<Page = P>>(call: C) -> Pages<P> {
        Pages { pages: Box::new(page_stream::PageStream::new(call)) }
    }

    /// Returns the next page; `None` after the last page and after an error. If the future is dropped before it is
    /// ready, no page is lost: the following call of `next` continues where the dropped future stopped.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut self.pages).poll_next(context)).await
    }

    /// Resumes a stream that ended at an error, like [`Items::resume`]: the stream continues with the page that failed.
    #[must_use = "a stream that cannot be resumed yields nothing more"]
    pub fn resume(&mut self) -> bool {
        self.pages.resume()
    }

    /// Returns the page number or offset that is requested next. To continue later, begin a new stream of the same call
    /// at this position, with the same filters and page size. After an error, this is the position of the page that
    /// failed; after the end, it is the position of the last page.
    pub fn position(&self) -> i64 {
        self.pages.next_page_param_value()
    }
}

// The stream never pins an item, so it can be moved whatever the type of its items is.
impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.pending_items.len(), None)
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
        f.debug_struct("Items").field("ready", &self.pending_items.len()).finish_non_exhaustive()
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}
