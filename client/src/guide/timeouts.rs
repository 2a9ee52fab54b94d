//! Timeouts: how long a call can take, which limit it ran into, and what it means to stop waiting.
//!
//! # Three limits, one inside the other
//!
//! ```text
//! call      | wait | attempt 1 .................. | pause | wait | attempt 2 .................. |
//! attempt          | connect | send | response .. |              | connect | send | response .. |
//! ```
//!
//! - [`connect_timeout`](crate::ClientBuilder::connect_timeout): name lookup, TCP and TLS. 10 seconds when not set. A
//!   connection that is open already costs nothing of it.
//! - [`attempt_timeout`](crate::ClientBuilder::attempt_timeout): one attempt, from connecting to the last byte of the
//!   response. As long as the call when not set, so that an attempt that stalls uses up all of it.
//! - [`timeout`](crate::ClientBuilder::timeout): the whole call, with all attempts, pauses, and waits for a permit. 30
//!   seconds when not set. It begins when the call is first polled.
//!
//! # Choosing them
//!
//! For reads, an attempt limit of less than half of the call's leaves time for a second attempt when the first one
//! stalls.
//!
//! For payments, be generous. A payment that is given up after 5 seconds is not cancelled: it becomes one that [may
//! have executed](super::errors#whether-to-make-the-call-again) and has to be looked up, where 5 more seconds might
//! have brought the response. And keep the connect limit the shortest of the three: a payment that has no connection
//! yet was not sent, so it can be repeated, and is, within the call's time. Where the limit of the attempt or the call
//! ends a request first, the library takes the request back; if no connection has begun to send it, that is as certain.
//!
//! Both `timeout` and `attempt_timeout` can be set for one call; connecting is the client's.
//!
//! ```no_run
//! use partner_client::unigox::{Client, Environment, NewOrder};
//! use partner_client::uuid::Uuid;
//! use std::time::Duration;
//!
//! # async fn example(quote_id: Uuid) -> Result<(), partner_client::Error> {
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
//! [`timed_out`](crate::Error::timed_out) tells, and [`is_timeout`](crate::Error::is_timeout) is true for all three. By
//! [`kind`](crate::Error::kind), connecting counts as [`Connect`](crate::ErrorKind::Connect), the others as
//! [`Timeout`](crate::ErrorKind::Timeout).
//!
//! ```
//! use partner_client::{Deadline, Error};
//!
//! fn blame(error: &Error) -> &'static str {
//!     match error.timed_out() {
//!         Some(Deadline::Connect) => "the network, or the vendor is down; nothing was sent",
//!         Some(Deadline::Attempt) => "the vendor is slow; attempts may be too short",
//!         Some(Deadline::Call) => "all attempts together took too long",
//!         _ => "it was not about time",
//!     }
//! }
//! # let error = partner_client::p100::Client::builder().build().unwrap_err();
//! # assert_eq!(blame(&error), "it was not about time");
//! ```
//!
//! A response that began and did not end in time has its [`status`](crate::Error::status) all the same. Not every call
//! that is out of time may have executed: one that spent all of it on opening a file to upload, or on connecting, has
//! sent nothing, and says so.
//!
//! # Stopping to wait
//!
//! Dropping the future of a call cancels it: its connection is closed, its place in the limits is free, no further
//! attempt is made. For reads that is all there is to know.
//!
//! For a payment, dropping is the worst way to end. The vendor may be executing it, and there is no
//! [`Error`](crate::Error) to say so: no hook is told of the end either. Things that drop futures are
//! `tokio::time::timeout`, `select!`, and a web server whose client hangs up. So set the time with `timeout` of the
//! call, and let a payment run in a task of its own, which continues when its caller stops waiting:
//!
//! ```no_run
//! use partner_client::Error;
//! use partner_client::unigox::{Client, NewOrder};
//! use partner_client::uuid::Uuid;
//!
//! # fn book(quote_id: Uuid, result: &Result<Option<Uuid>, Error>) {}
//! # async fn example(unigox: Client, quote_id: Uuid) -> Result<(), Box<dyn std::error::Error>> {
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
//! make calls wait for a permit, and that wait is part of the call's time; the attempt's time begins after it. A call
//! that gets no permit fails with [`Throttled`](crate::ErrorKind::Throttled): nothing was sent, and it can be made
//! again. With a limit of rate that is known beforehand, so the call fails at once; with one of concurrency it fails
//! when its time is over.
//!
//! Every request needs a permit: each attempt, each page of a list, each request of a wait. An upload holds its permit of the
//! concurrency limit for as long as it takes. The pause before another attempt holds none. When there is no permit for another
//! attempt, you see the error of the attempt before.
//!
//! The limits are those of one client and its clones. Where several processes use one key, divide what the vendor
//! allows among them.
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
//! `tokio::time::timeout` around a whole list is fine. A wait has a [deadline](super::waiting#how-long), and each of
//! its requests the time of a call.
//!
//! # A `reqwest::Client` of yours
//!
//! With [`http_client`](crate::ClientBuilder::http_client), connecting has the limit that you gave your client, and a
//! limit for whole requests that it has is replaced by the call's. Other limits of it, like one for reading, show up as
//! [`Deadline::Attempt`](crate::Deadline::Attempt).
