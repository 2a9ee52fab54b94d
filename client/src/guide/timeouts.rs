//! Timeouts: the time limits of a call, how to tell which limit was exceeded, and the consequences of dropping a call.
//!
//! # Three limits, one inside the other
//!
//! ```text
//! call      | wait | attempt 1 .................. | pause | wait | attempt 2 .................. |
//! attempt          | connect | send | response .. |              | connect | send | response .. |
//! ```
//!
//! - [`connect_timeout`](crate::ClientBuilder::connect_timeout): name lookup, TCP and TLS. The default is 10
//!   seconds. A connection that is already open needs none of this time.
//! - [`attempt_timeout`](crate::ClientBuilder::attempt_timeout): one attempt, from connecting to the last byte of the
//!   response. The default is the limit of the call, so an attempt that stalls uses up all of the call's time.
//! - [`timeout`](crate::ClientBuilder::timeout): the whole call, with all attempts, pauses, and waits for a permit. The
//!   default is 30 seconds. The time begins when the call is first polled.
//!
//! # Choosing them
//!
//! For reads, set the limit of an attempt to less than half of the call's limit. Then there is time for a second
//! attempt if the first attempt stalls.
//!
//! For payments, set long limits. Giving up a payment after 5 seconds does not cancel it: the payment [may have been
//! executed](super::errors#whether-to-make-the-call-again) and has to be looked up, although the response might have
//! arrived 5 seconds later. And make the connect limit the shortest of the three: a payment without a connection was
//! not sent, so it can be repeated safely, and the client repeats it within the call's time. If the limit of the
//! attempt or the call ends a request first, the library withdraws the request. If no connection has begun to send the
//! request, it was certainly not sent either.
//!
//! `timeout` and `attempt_timeout` can also be set for a single call, `connect_timeout` only for the client.
//!
//! ```no_run
//! use partner_client::unigox::{Client, Environment, NewOrder, QuoteId};
//! use std::time::Duration;
//!
//! # async fn example(quote_id: QuoteId) -> Result<(), partner_client::Error> {
//! let unigox = Client::builder()
//!     .api_key("your-key")
//!     .environment(Environment::Production)
//!     .connect_timeout(Duration::from_secs(3))
//!     .attempt_timeout(Duration::from_secs(8))
//!     .timeout(Duration::from_secs(20))
//!     .build()?;
//!
//! // A person waits for the result.
//! let liquidity = unigox.get_liquidity().attempt_timeout(Duration::from_secs(2));
//! let liquidity = liquidity.timeout(Duration::from_secs(5)).await?;
//! // Money moves.
//! let payment = unigox.initiate_off_ramp(NewOrder::new(quote_id));
//! let order = payment.attempt_timeout(Duration::from_secs(60)).timeout(Duration::from_secs(60)).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Which one it was
//!
//! [`exceeded_time_limit`](crate::Error::exceeded_time_limit) returns the limit that was exceeded, and
//! [`is_timeout`](crate::Error::is_timeout) is true for all three limits. The [`kind`](crate::Error::kind) is
//! [`Connect`](crate::ErrorKind::Connect) for the connect limit, and [`Timeout`](crate::ErrorKind::Timeout) for the
//! others.
//!
//! ```
//! use partner_client::{TimeLimit, Error};
//!
//! fn blame(error: &Error) -> &'static str {
//!     match error.exceeded_time_limit() {
//!         Some(TimeLimit::Connect) => "the network, or the vendor is down; nothing was sent",
//!         Some(TimeLimit::Attempt) => "the vendor is slow; attempts may be too short",
//!         Some(TimeLimit::Call) => "all attempts together took too long",
//!         _ => "it was not about time",
//!     }
//! }
//! # let error = partner_client::p100::Client::builder().build().unwrap_err();
//! # assert_eq!(blame(&error), "it was not about time");
//! ```
//!
//! If a response began but did not end in time, the error still has its [`status`](crate::Error::status). A call that
//! ran out of time was not necessarily sent: if all of the time was spent on opening a file or on connecting,
//! [`may_have_executed`](crate::Error::may_have_executed) is false.
//!
//! # Stopping to wait
//!
//! Dropping the future of a call cancels it: its connection is closed, its place in the limits is free, no further
//! attempt is made. For reads, this has no other consequences.
//!
//! Never drop the call of a payment. The vendor may be executing the payment, but there is no [`Error`](crate::Error)
//! that reports this, and no hook is called at the end. Futures are dropped by `tokio::time::timeout`, by `select!`,
//! and by a web server whose client disconnects. So set the time with `timeout` of the call, and run a payment in a
//! separate task, which continues when its caller stops waiting:
//!
//! ```no_run
//! use partner_client::Error;
//! use partner_client::unigox::{Client, NewOrder, OrderId, QuoteId};
//!
//! # fn book(quote_id: QuoteId, result: &Result<Option<OrderId>, Error>) {}
//! # async fn example(unigox: Client, quote_id: QuoteId) -> Result<(), Box<dyn std::error::Error>> {
//! let payment = tokio::spawn(async move {
//!     let result = unigox.initiate_off_ramp(NewOrder::new(quote_id)).await.map(|order| order.order_id);
//!     // The books are written in this task, and not by the caller who waits below.
//!     book(quote_id, &result);
//!     result
//! });
//! let order_id = payment.await??;
//! # Ok(())
//! # }
//! ```
//!
//! # Limits of rate and concurrency
//!
//! [`rate_limit`](crate::ClientBuilder::rate_limit) and [`concurrency_limit`](crate::ClientBuilder::concurrency_limit)
//! make calls wait for a permit. The wait is part of the call's time; the attempt's time begins after the wait. A call
//! that gets no permit in time fails with [`Throttled`](crate::ErrorKind::Throttled): nothing was sent, and the call
//! can be made again. The rate limit knows beforehand that the time is too short, so the call fails at once. With the
//! concurrency limit, the call fails when its time is over.
//!
//! Every request needs a permit: each attempt, each page of a list, each request of a wait. An upload holds its permit
//! of the concurrency limit for as long as it takes. The pause before another attempt needs no permit. If there is no
//! permit for another attempt, the call fails with the error of the previous attempt.
//!
//! The limits apply to one client and its clones. If several processes use the same key, divide the vendor's limits
//! among the processes.
//!
//! ```
//! use partner_client::p100::{Client, Environment};
//! use std::time::Duration;
//!
//! let p100 = Client::builder()
//!     .api_key("your-key")
//!     .environment(Environment::Production)
//!     .rate_limit(20, Duration::from_secs(1))
//!     .concurrency_limit(16)
//!     .build()?;
//! # Ok::<(), partner_client::Error>(())
//! ```
//!
//! # Lists and waits
//!
//! Each page of a list is a call with its own time; the list as a whole has no limit. Reads can be dropped, so
//! `tokio::time::timeout` around a whole list is safe. A wait has a [deadline](super::waiting#how-long), and each of
//! its requests has the time limits of a call.
//!
//! # A `reqwest::Client` of yours
//!
//! With [`http_client`](crate::ClientBuilder::http_client), the connect limit is that of your `reqwest::Client`. Its
//! limit for whole requests is replaced by the call's limit. Its other limits, like the read timeout, are reported as
//! [`TimeLimit::Attempt`](crate::TimeLimit::Attempt).
