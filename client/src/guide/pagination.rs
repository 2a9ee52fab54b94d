//! Pagination: reading a list to its end, or only as far as needed.
//!
//! # All items
//!
//! A list operation whose pages the documents describe has `items` on its call: one stream, whatever way of counting
//! pages the vendor has. Set filters and page size first.
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
//! P100's, give what they have in one response.
//!
//! # Page size
//!
//! `limit` is how many items a page has. Set it to the most that the vendor gives: that makes fewer requests, and where
//! a response has no totals, a page that is not full is known to be the last one.
//! [`list_fiat_account_transactions`](crate::unigox::Client::list_fiat_account_transactions) has pages of the vendor's
//! size only.
//!
//! # Stopping early
//!
//! Drop the stream. A page that was not needed is never requested, so taking the first 20 of 20 costs one request:
//!
//! ```no_run
//! use partner_client::Error;
//! use partner_client::unigox::{Client, Recipient};
//!
//! async fn first(unigox: &Client, wanted: usize) -> Result<Vec<Recipient>, Error> {
//!     let mut recipients = unigox.list_recipients().currency("NGN").limit(20).items();
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
//! The length is checked before the next item is requested: the other way round, an item (and maybe a page) too many is fetched.
//!
//! # Pages, and where you are
//!
//! `pages` gives each response as it came, with totals, status and headers. Use it to write pages of a database, to
//! show how far it is, or to go on later: the page or offset that a call has set is where its stream begins.
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
//!         store(page.orders.as_deref().unwrap_or_default(), pages.position()).await;
//!     }
//!     Ok(())
//! }
//! ```
//!
//! [`position`](crate::Pages::position) is the page or offset that is requested next, after an error that of the page
//! that failed, and after the end that of the last page, to which something may have been added by the time that it is
//! requested again. Continue with the same filters and the same page size. A list without items has one page without
//! items.
//!
//! # When a page fails
//!
//! Each page has the retries and the time of a call. If it fails all the same, `next` gives the error, and **the stream
//! has ended**: `next` gives `None` from then on, and nothing is sent any more. So a loop that skips errors ends, but
//! `None` alone does not mean that all was read: let `?` end the function, or keep the error.
//!
//! [`resume`](crate::Items::resume) continues with the page that failed: no item is lost, and none comes twice.
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
//! No pause is needed here: a stream that was resumed waits before it asks, longer after each error, and as long as the
//! vendor wants. After ten errors in a row `resume` refuses. For more patience keep
//! [`position`](crate::Items::position), and begin a new stream there later.
//!
//! `?` in the loop, and adapters that end at the first error, drop the stream and what it knows.
//!
//! # When the pages make no sense
//!
//! A page whose items all came before, and more items than the newest page says that there are in all, are errors of
//! the kind [`Decode`](crate::ErrorKind::Decode): the first because the server does not go on, the second because one
//! of the two numbers in it is wrong, and what ends with the wrong one ends too early. The items are given in both
//! cases. After too many of them, `resume` continues with the next page.
//!
//! # Lists that change meanwhile
//!
//! A list that changes while it is read stays readable, and is read as the vendor numbers it: what is added before the
//! position shifts items, so that one may come twice, and what is removed may let one slip. What exactly is tolerated is
//! in the [reference](crate::pages#what-is-guaranteed). So treat what you read as "at least once":
//! write it under its id, not as a new row. A filter by a status that is final keeps items from leaving the list, not
//! from joining it. Never conclude from one reading that a payment [was not
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
