//! Hooks, which see and may change the requests and responses of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use tokio::time::Instant;

use crate::Error;
use crate::error::BoxError;
use crate::operation::OperationEntry;

/// A hook, which sees each request and each response of a client, and may change them. Hooks are used, for example, for
/// additional headers, signatures, metrics, or an audit trail.
///
/// A hook is called for every *attempt*, so more than once for a call that is retried. It never sees the API key, which
/// is added after the hooks. It does see everything else, personal data included, so take care where you store it.
///
/// With several hooks, [`on_request`](Self::on_request) is called in the order in which they were added, and
/// [`on_response`](Self::on_response) and [`on_attempt_end`](Self::on_attempt_end) in the opposite order, so that the
/// hook that was added last is nearest to the wire.
///
/// The methods are not async, because the call would wait for them. Data that has to be fetched first is fetched before
/// the call, and set with `header`.
///
/// ```
/// use partner_runtime::hook::Attempt;
/// use partner_runtime::http::{HeaderValue, StatusCode};
/// use partner_runtime::{BoxError, Error, Hook, reqwest};
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// /// Counts calls, and names the service that makes them.
/// struct Meter {
///     calls: AtomicU64,
/// }
///
/// impl Hook for Meter {
///     fn on_request(&self, _: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
///         request.headers_mut().insert("x-caller", HeaderValue::from_static("payouts"));
///         Ok(())
///     }
///
///     fn on_attempt_end(&self, attempt: &Attempt, _: Result<StatusCode, &Error>) {
///         // An attempt that is followed by another one is not the end of the call.
///         if attempt.retry_in().is_none() {
///             self.calls.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Called before a request is sent. The request is complete except for the API key and the headers that frame the
    /// request (`host`, `content-length`, `transfer-encoding`).
    ///
    /// A multipart body is a stream, whose bytes are not known yet.
    ///
    /// Whether the request is retried is decided by its method and URL as the hooks leave them. A `GET` that a hook
    /// turns into a `POST` is sent once, and so is an operation that is documented as idempotent when a hook changes
    /// its URL.
    ///
    /// # Errors
    ///
    /// An error stops the call before anything is sent, and becomes the source of the call's [`Error`]. The call also
    /// fails when a hook makes the request go to another server, sets a method that this client does not send
    /// (`CONNECT`, `TRACE`), a version of HTTP before 1.1, or a header that frames the request, belongs to the
    /// connection, or replaces the method.
    fn on_request(&self, attempt: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
        let _ = (attempt, request);
        Ok(())
    }

    /// Called with every response, including failures, before the response is classified. The body still has the
    /// encoding in which it was received. A hook that decompresses the body has to remove the header
    /// `content-encoding`.
    ///
    /// # Errors
    ///
    /// An error stops the call, and becomes the source of the call's [`Error`], which reports that the request [may
    /// have been executed](Error::may_have_executed), unless it only reads. The text of the hook's error is not
    /// cleaned, so it should not quote the response.
    fn on_response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        let _ = (attempt, response);
        Ok(())
    }

    /// Called when an attempt has ended, with the status of a success or the error of a failure.
    ///
    /// The body is deserialized later, so a response that does not fit the document counts as a success for this
    /// method. The method is not called for an attempt whose call was dropped.
    fn on_attempt_end(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
        let _ = (attempt, result);
    }
}

impl<T: Hook + ?Sized> Hook for Arc<T> {
    fn on_request(&self, attempt: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
        (**self).on_request(attempt, request)
    }

    fn on_response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        (**self).on_response(attempt, response)
    }

    fn on_attempt_end(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
        (**self).on_attempt_end(attempt, result);
    }
}

/// One attempt of a call.
#[derive(Clone, Copy)]
pub struct Attempt {
    pub(crate) operation: &'static OperationEntry,
    pub(crate) number: u32,
    pub(crate) started_at: Instant,
    pub(crate) retry_in: Option<Duration>,
}

impl Attempt {
    /// Returns the operation that is called.
    pub fn operation(&self) -> &'static OperationEntry {
        self.operation
    }

    /// Returns the number of the attempt; the first attempt of a call is 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the time since the attempt began.
    pub fn elapsed(&self) -> Duration {
        self.started_at.elapsed()
    }

    /// Returns the time until the retry: the pause before the next attempt. `None` if the attempt has not failed, or no
    /// other attempt follows.
    pub fn retry_in(&self) -> Option<Duration> {
        self.retry_in
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("operation", &self.operation.id)
            .field("number", &self.number)
            .field("elapsed", &self.elapsed())
            .field("retry_in", &self.retry_in)
            .finish()
    }
}
