//! Sending a request again: whether it is safe, how often, and after how long.
//!
//! A call is attempted up to [`RetryPolicy`]'s number of times, within the time that the whole call has. What may be
//! sent again is decided in one place, from what is known of the attempt that failed:
//!
//! | the attempt | a repeatable operation | any other |
//! |---|---|---|
//! | did not reach the server (no connection, also when its time was over before there was one) | again | again |
//! | failed with 429 | again | again |
//! | failed with 408, 502, 503 or 504, or with a code that says "temporarily unavailable" | again | final |
//! | broke off, or got no response in time | again | final |
//! | failed with anything else (also with a status of success), or got a response that cannot be read | final | final |
//!
//! A vendor's code may say more than a 429: that waiting does not help, which is final, or that it is open what was done,
//! which is final for operations that cannot be repeated.
//!
//! Repeatable is what HTTP says is (`GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS`), and what the vendor documents to be
//! harmless when it is sent twice ([`Operation::is_repeatable`](crate::operation::Operation::is_repeatable)). So a
//! `POST` that may have moved money is never sent twice; its error says
//! [`may_have_executed`](crate::Error::may_have_executed). Where a [hook](crate::Hook) changes the method or the
//! address, the request that is sent decides.
//!
//! A body is sent again when it is replayable: JSON, files, bytes and
//! [`Upload::reader`](crate::Upload::reader) can, [`Upload::once`](crate::Upload::once) cannot.
//!
//! Before the next attempt there is a pause: random, up to a limit that doubles each time ("full jitter"), and never
//! shorter than the `Retry-After` of the response. When the pause would not end before the call's time does, the error
//! comes back at once instead of a timeout later. A [`RetryBudget`] keeps the retries of all calls of a client in
//! proportion to the calls that get a response, so that a vendor's outage is not made worse.

mod backoff;
mod budget;
mod decision;
mod outcome;
mod policy;
mod retry_after;

pub use budget::RetryBudget;
pub use policy::RetryPolicy;

pub(crate) use budget::TokenBucket;
#[cfg(test)]
pub(crate) use decision::Stop;
pub(crate) use decision::{Attempted, Next, decide};
pub(crate) use outcome::Outcome;
#[doc(hidden)]
pub use outcome::Processed;
pub(crate) use retry_after::{LONGEST_WAIT, parse_retry_after};
