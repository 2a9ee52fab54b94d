//! Retries: which requests are sent again automatically, and which never are.
//!
//! # What happens on its own
//!
//! A call is attempted up to three times, with random pauses in between, within the time that the whole call has. You
//! see the response of the attempt that succeeded, or the error of the last one. The rules are in one place,
//! [`retry`](crate::retry); in short: what did not reach the server and what came too fast (429) is sent again for every
//! operation, what broke off or met a server that is "unavailable" only for those that can be repeated.
//!
//! # Why a payment is not
//!
//! When the connection breaks after a `POST` was sent, the client cannot know whether the vendor received it.
//! Neither vendor documents an idempotency key, so no header makes the second request a repetition of the first, and a
//! second `POST` may be a second payment. Repeatable are therefore `GET`, `PUT` and `DELETE`, and those few others of
//! which the vendor documents that sending them twice is harmless. An operation tells:
//!
//! ```
//! use partner_client::operation::Operation;
//! use partner_client::unigox::{Client, Environment, NewOrder, OPERATIONS};
//! use partner_client::uuid::Uuid;
//!
//! let unigox = Client::builder().api_key("your-key").environment(Environment::Sandbox).build()?;
//! assert!(unigox.list_orders().operation().is_repeatable());
//! assert!(!unigox.initiate_off_ramp(NewOrder::new(Uuid::nil())).operation().is_repeatable());
//!
//! let repeatable = |operation: &&&Operation| operation.method == "POST" && operation.is_repeatable();
//! let posts: Vec<&str> = OPERATIONS.iter().filter(repeatable).map(|operation| operation.id).collect();
//! assert!(posts.contains(&"create_customer_withdrawal"), "the same quote never sends twice");
//! # Ok::<(), partner_client::Error>(())
//! ```
//!
//! No policy changes this. Only for a [raw call](crate::RawCall) you can say that it is
//! [`repeatable`](crate::RawCall::repeatable), because only the caller knows.
//!
//! # How often, for a client and for a call
//!
//! A [`RetryPolicy`](crate::RetryPolicy) sets the number of attempts and the pauses. Give a call that a person waits
//! for few attempts, and a job at night more of them and more time: retries end where the call's
//! [time](super::timeouts) does, whatever the policy allows.
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
//! After `Retry-After`, in seconds or as a date, or Unigox's `retry_after_seconds`, the next attempt comes no sooner.
//! When that would be longer than the policy's [`max_retry_after`](crate::RetryPolicy::max_retry_after), or longer than
//! the call has left, the call fails at once, and [`Error::retry_after`](crate::Error::retry_after) says when the job
//! should run again. Nothing sleeps for an hour inside a call.
//!
//! # P100's "temporarily unavailable"
//!
//! P100 reports this with status 400 and the code `P501`. It does not mean that the request was not executed, so it is treated
//! like 503:
//! retried where the operation is repeatable, and for a payment an error that
//! [may have executed](crate::Error::may_have_executed). With another status the code is not documented, and the status
//! decides about a retry. `P500`, the unknown failure that also comes with 400, may have executed as well, and is not
//! retried for any operation. So may a 400 whose code is missing or is not known to be a refusal: the vendor has more
//! codes than its readable docs list.
//!
//! Unigox responds with 429 and `ADDRESS_CAP_REACHED` when a customer has all addresses that are allowed. Waiting does
//! not change that, so it is final.
//!
//! # An outage of the vendor
//!
//! If every call of a busy service were sent three times, an outage would triple the load. A client therefore has a
//! [`RetryBudget`](crate::RetryBudget): 50 retries in hand, and one back for every 10 calls that got a response. While
//! none is left, the first failure is final. Clones share the budget, so keep one client a key, and clone it; a client
//! made for each request has a full budget each time, and no connections to reuse.
//!
//! The default is right for most services. A batch that may take its time, and makes few calls at once, can have more:
//!
//! ```
//! use partner_client::unigox::{Client, Environment};
//! use partner_client::RetryBudget;
//!
//! let batch = Client::builder()
//!     .api_key("your-key")
//!     .environment(Environment::Production)
//!     .retry_budget(RetryBudget::new(500, 5))
//!     .concurrency_limit(4)
//!     .build()?;
//! # Ok::<(), partner_client::Error>(())
//! ```
//!
//! # A loop of your own
//!
//! Job queues repeat what fails. Let them ask first:
//!
//! ```
//! use partner_client::operation::Operation;
//! use partner_client::Error;
//! use std::time::Duration;
//!
//! /// When a job can run again by itself; `None` when it cannot.
//! fn again_in(error: &Error) -> Option<Duration> {
//!     let repeatable = error.operation().is_some_and(Operation::is_repeatable);
//!     let harmless = repeatable || !error.may_have_executed();
//!     let pause = error.retry_after().unwrap_or(Duration::from_secs(30));
//!     (harmless && error.is_retryable()).then_some(pause)
//! }
//! # let error = partner_client::p100::Client::builder().build().unwrap_err();
//! # assert_eq!(again_in(&error), None);
//! ```
//!
//! What it refuses either does not pass by itself, like a 500, or is a `POST` that may have been executed. (Where a
//! [hook](crate::Hook) of yours changes methods, the operation of the error does not know it.) For the
//! latter [look at the state of things](super::errors#looking-before-a-payment-is-repeated), and never loop.
//!
//! A `DELETE` that was sent twice may fail with 404 the second time, because the first one did it:
//! [`is_not_found`](crate::Error::is_not_found) together with [`may_have_executed`](crate::Error::may_have_executed)
//! means that it is gone.
//!
//! # Uploads
//!
//! They are retried like other `POST`s, and read anew for each attempt where that is possible: [what an upload needs
//! for that](super::uploads#retries).
//!
//! # Seeing them
//!
//! - Each attempt that is followed by another is an event at the level `WARN`, with `retry_in_ms`; the span of the call
//!   has `http.request.resend_count`. The last event of a failed call, at `DEBUG`, has `final_because`: `attempts`,
//!   `time`, `budget`, `retry_after`, `may_have_executed`, `body_consumed` or `permanent`. See
//!   [`observability`](super::observability).
//! - A hook is called for every attempt, and [`retry_in`](crate::hook::Attempt::retry_in) tells whether another one follows.
//! - [`Error::attempts`](crate::Error::attempts) is how often the request was sent.
//!
//! Watch for `final_because = budget`, which means that the vendor has been failing for a while.
