//! Pagination: reading a list to its end, or only as far as needed.
//!
//! # All items
//!
//! A list operation whose pages the documents describe has the method `items` on its call. It returns one
//! stream of all items, however the vendor numbers pages. Set filters and page size first.
//!
//! ```no_run
//! use partner_client::unigox::{Client, OrderStatus};
//!
//! # async fn example(unigox: Client) -> Result<(), partner_client::Error> {
//! let mut orders = unigox.list_orders().status(OrderStatus::Completed).limit(100).items();
//! while let Some(order) = orders.next().await {
//!     println!("{:?}", order?.order_id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Nothing is sent before the first `next`, and one page is in memory at a time. Calls without `items`, like all of
//! P100's, return the whole list in one response.
//!
//! # Page size
//!
//! `limit` sets the number of items in a page. Set it to the vendor's maximum: fewer requests are sent, and if a
//! response has no totals, a page that is not full is recognized as the last one. The page size of
//! [`list_fiat_account_transactions`](crate::unigox::Client::list_fiat_account_transactions) cannot be set.
//!
//! # Stopping early
//!
//! Drop the stream to stop. Only needed pages are requested, so reading 20 items with a page size of 20 needs one
//! request:
//!
//! ```no_run
//! use partner_client::Error;
//! use partner_client::unigox::{Client, FiatCurrencyCode, Recipient};
//!
//! async fn first(unigox: &Client, wanted: usize) -> Result<Vec<Recipient>, Error> {
//!     let mut recipients = unigox.list_recipients().currency(FiatCurrencyCode::from("NGN")).limit(20).items();
//!     let mut found = Vec::new();
//!     while found.len() < wanted
//!         && let Some(recipient) = recipients.next().await
//!     {
//!         found.push(recipient?);
//!     }
//!     Ok(found)
//! }
//! ```
//!
//! The loop checks the length before it requests the next item. In the opposite order, it would read one item too many,
//! and maybe request another page.
//!
//! # Pages, and where you are
//!
//! `pages` returns each response, with totals, status and headers. Use it to store a page in one transaction, to show
//! the progress, or to continue later: the stream begins at the page or offset that is set on the call.
//!
//! ```no_run
//! use partner_client::Error;
//! use partner_client::unigox::{Client, Order};
//!
//! # async fn store(orders: &[Order], next_page: i64) {}
//! /// Copies the orders from a page on, and remembers after each page where to go on, in another process if need be.
//! async fn copy(unigox: &Client, from: i64) -> Result<(), Error> {
//!     let mut pages = unigox.list_orders().page(from).limit(100).pages();
//!     while let Some(page) = pages.next().await {
//!         let page = page?;
//!         store(page.orders()?, pages.position()).await;
//!     }
//!     Ok(())
//! }
//! ```
//!
//! [`position`](crate::Pages::position) returns the page or offset that is requested next. After an error it is the
//! position of the page that failed. After the end it is the position of the last page, because items may be added to
//! that page later. Continue with the same filters and the same page size. A list without items has one page without
//! items.
//!
//! # When a page fails
//!
//! Each page has the retries and the time of a call. If the page still fails, `next` returns the error, and **the
//! stream has ended**: `next` returns `None` from then on, and nothing more is sent. So a loop that skips errors ends,
//! but `None` alone does not mean that the whole list was read: return the error with `?`, or remember it.
//!
//! [`resume`](crate::Items::resume) continues with the page that failed. No item is lost or repeated.
//!
//! ```no_run
//! use partner_client::{Error, Items};
//!
//! /// Reads all items, with some patience for each page.
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
//! The loop needs no pause: a resumed stream pauses before its request, longer after each error, and at least for the
//! time in `Retry-After`. After ten errors in a row, `resume` returns `false`. To continue even later, store the
//! [`position`](crate::Items::position), and begin a new stream at this position.
//!
//! `?` in the loop, and adapters that end at the first error, drop the stream and its position.
//!
//! # When the pages make no sense
//!
//! Two contradictions are errors of the kind [`Decode`](crate::ErrorKind::Decode). First, a page without a new item:
//! the server does not advance. Second, more items than the total of the newest page: one of the two numbers is wrong,
//! and if it is the total, relying on it would end the list too early. In the second case, the items of the page are
//! returned before the error, and `resume` continues with the next page.
//!
//! # Lists that change meanwhile
//!
//! A list may change while it is read. If an item is added before the position, the following items move, and one of
//! them may be read twice. If an item is removed, another item may be skipped. The
//! [reference](crate::pages#what-is-guaranteed) lists the tolerated changes. So treat the items as "at least once":
//! store each item under its id, not as a new row. If the list is filtered by a final status, items cannot leave it
//! while it is read, but items can still be added. Never conclude from one reading that a payment [was not
//! made](super::errors#looking-before-a-payment-is-repeated).
//!
//! # As a `Stream`
//!
//! [`Items`](crate::Items) and [`Pages`](crate::Pages) are `Stream`s, so with the `futures` crate in your service there
//! are `try_collect`, `try_filter`, `try_for_each_concurrent` and the rest of its `TryStreamExt`. Without it, a
//! function that takes any stream needs no more than the trait, which this crate re-exports:
//!
//! ```
//! use partner_client::Error;
//! use partner_client::futures_core::Stream;
//! use std::future::poll_fn;
//! use std::pin::pin;
//!
//! /// How many there are.
//! async fn count<T>(items: impl Stream<Item = Result<T, Error>>) -> Result<usize, Error> {
//!     let mut items = pin!(items);
//!     let mut count = 0;
//!     while let Some(item) = poll_fn(|context| items.as_mut().poll_next(context)).await {
//!         item?;
//!         count += 1;
//!     }
//!     Ok(count)
//! }
//! #
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! # let unigox = partner_client::unigox::Client::builder().api_key("key").base_url("http://127.0.0.1:1").build()?;
//! # assert!(count(unigox.list_orders().retry(partner_client::RetryPolicy::none()).items()).await.is_err());
//! # Ok(())
//! # }
//! ```
//!
//! The reference explains how the end is found, and what is guaranteed for servers that repeat pages:
//! [`pages`](crate::pages).
