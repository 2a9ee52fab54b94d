//! Retries: whether sending a request again is safe, how often it is done, and after which pause.
//!
//! A call is attempted as often as its [`RetryPolicy`] allows, within the time of the whole call. One function decides
//! whether a request is sent again, from how the attempt failed:
//!
//! | the attempt | a repeatable operation | any other operation |
//! |---|---|---|
//! | did not reach the server (no connection, or the time was over before there was one) | is repeated | is repeated |
//! | failed with 429 | is repeated | is repeated |
//! | failed with 408, 502, 503 or 504, or with a code for "temporarily unavailable" | is repeated | is final |
//! | broke off, or got no response in time | is repeated | is final |
//! | failed in another way (also with a status of success), or got a response that cannot be read | is final | is final |
//!
//! A vendor's code may overrule a 429: a code for a permanent failure makes it final, and a code that leaves open
//! whether the request was executed makes it final for operations that are not repeatable.
//!
//! An operation is repeatable if HTTP defines its method as idempotent (`GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS`), or
//! if the vendor documents that sending it twice is harmless
//! ([`OperationEntry::is_repeatable`](crate::operation::OperationEntry::is_repeatable)). So a `POST` that may have
//! moved money is never sent twice, and its error reports that it [may have been
//! executed](crate::Error::may_have_executed). Where a [hook](crate::Hook) changes the method or the URL, the request
//! that is sent decides.
//!
//! A body can be sent again if it is replayable. JSON, files, bytes and
//! [`Upload::from_reader`](crate::Upload::from_reader) are;
//! [`Upload::from_one_time_reader`](crate::Upload::from_one_time_reader) is not.
//!
//! Before the next attempt there is a random pause, up to a limit that doubles each time ("full jitter"), and no
//! shorter than the `Retry-After` of the response. When the pause would not end within the time of the call, the call
//! fails at once and does not wait for its timeout. A [`RetryBudget`] limits the retries of all calls of a client in
//! proportion to the calls that get a response, so that retries do not make a vendor's outage worse.

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
pub(crate) use decision::StopReason;
pub(crate) use decision::{FailedAttempt, RetryDecision, decide_retry};
pub(crate) use outcome::FailureMode;
#[doc(hidden)]
pub use outcome::ProcessingEvidence;
pub(crate) use retry_after::{MAX_RETRY_AFTER, parse_retry_after};
