//! Retries: which requests are sent again automatically, and which never are.
//!
//! # What happens on its own
//!
//! A call is attempted up to three times, with random pauses between the attempts, within the time limit of the call.
//! It returns the response of the attempt that succeeded, or the error of the last attempt. The exact rules are at
//! [`retry`](crate::retry). In short: a request that did not reach the server, or was refused with 429, is sent again
//! for every operation. A request whose connection broke, or to which the server responded with "unavailable", is sent
//! again only for repeatable operations.
//!
//! # Why a payment is not
//!
//! When the connection breaks after a `POST` was sent, the client cannot know whether the vendor received it. Neither
//! vendor documents an idempotency key, so no header makes the second request a repetition of the first, and a second
//! `POST` may be a second payment. So the repeatable operations are those with `GET`, `PUT` and `DELETE`, and the few
//! others for which the vendor documents that sending the request twice is harmless. `is_repeatable` tells:
//!
//! ```
//! use partner_client::operation::OperationEntry;
//! use partner_client::unigox::{Client, Environment, NewOrder, OPERATIONS, QuoteId};
//!
//! let unigox = Client::builder().api_key("your-key").environment(Environment::Sandbox).build()?;
//! assert!(unigox.list_orders().operation().is_repeatable());
//! let order = NewOrder::new(QuoteId::from(partner_client::uuid::Uuid::nil()));
//! assert!(!unigox.initiate_off_ramp(order).operation().is_repeatable());
//!
//! let repeatable = |operation: &&&OperationEntry| operation.method == "POST" && operation.is_repeatable();
//! let posts: Vec<&str> = OPERATIONS.iter().filter(repeatable).map(|operation| operation.id).collect();
//! assert!(posts.contains(&"create_customer_withdrawal"), "the same quote never sends twice");
//! # Ok::<(), partner_client::Error>(())
//! ```
//!
//! No policy changes this. Only a [raw call](crate::RawCall) can be declared
//! [`repeatable`](crate::RawCall::repeatable), because only the caller knows whether it is.
//!
//! # How often, for a client and for a call
//!
//! A [`RetryPolicy`](crate::RetryPolicy) sets the number of attempts and the pauses. Set few attempts
//! for a call whose result a person waits for. Set more attempts and more time for a nightly job: retries end with the
//! [time limit](super::timeouts) of the call, whatever the policy allows.
//!
//! ```no_run
//! use partner_client::p100::{Client, Environment};
//! use partner_client::RetryPolicy;
//! use std::time::Duration;
//!
//! # async fn example() -> Result<(), partner_client::Error> {
//! let p100 = Client::builder()
//!     .api_key("your-key")
//!     .environment(Environment::Production)
//!     .retry(RetryPolicy::default().max_attempts(2))
//!     .build()?;
//!
//! let patient = RetryPolicy::default().max_attempts(8).max_delay(Duration::from_secs(20));
//! let balances = p100.get_partner_balances().retry(patient).timeout(Duration::from_secs(300)).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`RetryPolicy::none`](crate::RetryPolicy::none) turns retries off, for a call or for a client: for a job queue that
//! repeats jobs itself, and for tests that count requests.
//!
//! # When the server asks to wait
//!
//! The server may set the earliest time of the next attempt: with `Retry-After`, in seconds or as a date, or with
//! Unigox's `retry_after_seconds`. If the pause would be longer than the policy's
//! [`max_retry_after`](crate::RetryPolicy::max_retry_after), or longer than the remaining time of the call, the call
//! fails at once, and [`Error::retry_after`](crate::Error::retry_after) returns the time to wait. So no call sleeps for
//! an hour.
//!
//! # P100's "temporarily unavailable"
//!
//! P100 reports this with status 400 and the code `P501`, `ServiceUnavailable`. It does not mean that the request was not executed, so it is
//! treated like 503: a repeatable operation is retried, and a payment fails with an error for which
//! [`may_have_executed`](crate::Error::may_have_executed) is true. `P501` is not documented with other statuses; then
//! the status decides about a retry. `P500`, `UnknownException`, also has status 400, may have been executed too,
//! and is never retried. The same is true for status 400 with a missing code, or a code that is not known to be a
//! refusal: the vendor has more codes than its readable docs list.
//!
//! Unigox responds with 429 and `ADDRESS_CAP_REACHED` if a customer has the most addresses that are allowed. Waiting
//! does not help, so this failure is not retried.
//!
//! # An outage of the vendor
//!
//! If every call of a busy service were sent three times, an outage would triple the load. A client therefore has a
//! [`RetryBudget`](crate::RetryBudget): it begins with 50 retries, and gains one for every 10 calls whose
//! response shows that the server works. While the budget is empty, no call is retried. Clones share the budget, so make one client for each key,
//! and clone it. A client that is made for each request has a full budget each time, and no connections to reuse.
//!
//! The default is right for most services. A batch job without time pressure that makes few concurrent calls can have a
//! larger budget:
//!
//! ```
//! use partner_client::unigox::{Client, Environment};
//! use partner_client::RetryBudget;
//!
//! let batch = Client::builder()
//!     .api_key("your-key")
//!     .environment(Environment::Production)
//!     .retry_budget(RetryBudget::new(500).responses_per_retry(5))
//!     .concurrency_limit(4)
//!     .build()?;
//! # Ok::<(), partner_client::Error>(())
//! ```
//!
//! # A loop of your own
//!
//! A job queue repeats failed jobs. Let it check first whether that is safe:
//!
//! ```
//! use partner_client::operation::OperationEntry;
//! use partner_client::Error;
//! use std::time::Duration;
//!
//! /// When a job can run again by itself; `None` when it cannot.
//! fn again_in(error: &Error) -> Option<Duration> {
//!     let repeatable = error.operation().is_some_and(OperationEntry::is_repeatable);
//!     let harmless = repeatable || !error.may_have_executed();
//!     let pause = error.retry_after().unwrap_or(Duration::from_secs(30));
//!     (harmless && error.is_retryable()).then_some(pause)
//! }
//! # let error = partner_client::p100::Client::builder().build().unwrap_err();
//! # assert_eq!(again_in(&error), None);
//! ```
//!
//! If `again_in` returns `None`, either the failure is not transient, like a 500, or a `POST` may have been executed.
//! (If a [hook](crate::Hook) of yours changes methods, the operation of the error still has the original method.) For a
//! `POST` that may have been executed, [look up its state](super::errors#looking-before-a-payment-is-repeated), and
//! never repeat it in a loop.
//!
//! A `DELETE` that was sent twice may fail with 404 the second time, because the first request has deleted the
//! resource: [`is_not_found`](crate::Error::is_not_found) together with
//! [`may_have_executed`](crate::Error::may_have_executed) means that the resource no longer exists.
//!
//! # Uploads
//!
//! Uploads are retried like other `POST`s. Their contents are read again for each attempt, if [the source of the
//! contents](super::uploads#retries) allows that.
//!
//! # Seeing them
//!
//! - Each attempt that is followed by another is an event at the level `WARN`, with `retry_in_ms`; the span of the call
//!   has `http.request.resend_count`. The last event of a failed call, at `DEBUG`, has `final_because`: `attempts`,
//!   `time`, `budget`, `retry_after`, `may_have_executed`, `body_consumed` or `permanent`. See
//!   [`observability`](super::observability).
//! - A hook is called for every attempt, and [`retry_in`](crate::hook::Attempt::retry_in) tells whether another one
//!   follows.
//! - [`Error::attempt_count`](crate::Error::attempt_count) returns the number of attempts.
//!
//! Watch for `final_because = budget`, which means that the vendor has been failing for a while.
