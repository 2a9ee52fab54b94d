//! Looking at, or changing, what goes over the wire.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use tokio::time::Instant;

use crate::Error;
use crate::error::BoxError;
use crate::operation::Operation;

/// Sees each request and each response of a client, and may change them: for headers of your own, signatures, metrics,
/// an audit trail.
///
/// A hook is called for every *attempt*, so more than once for a call that is retried. It never sees the API key,
/// which is added after it, but whatever else a request and a response hold: mind where you put it.
///
/// With several hooks, [`request`](Self::request) is called in the order in which they were added, and
/// [`response`](Self::response) and [`finished`](Self::finished) in the opposite order, so that the hook that was
/// added last is nearest to the wire.
///
/// The methods do not wait for anything: a call would wait with them. What a hook has to fetch, fetch before the call
/// and set it with `header`.
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
///     fn request(&self, _: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
///         request.headers_mut().insert("x-caller", HeaderValue::from_static("payouts"));
///         Ok(())
///     }
///
///     fn finished(&self, attempt: &Attempt, _: Result<StatusCode, &Error>) {
///         // One that is followed by another attempt is not the end of the call.
///         if attempt.retry_in().is_none() {
///             self.calls.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Called before a request is sent, with all that will be sent but the key and what frames the request (`host`,
    /// `content-length`, `transfer-encoding`).
    ///
    /// A multipart body is a stream, whose bytes are not known yet.
    ///
    /// A hook that changes the method or the address decides whether the request is retried: what counts is the request
    /// that is sent. A `GET` that became a `POST` is sent once, and so is an operation that is documented as repeatable
    /// when it goes to another address.
    ///
    /// # Errors
    ///
    /// An error stops the call; nothing is sent. It is the source of the call's [`Error`]. The same happens when the
    /// request would leave the client's server, has a method that this client does not send (`CONNECT`, `TRACE`), a
    /// version of HTTP before 1.1, or a header that frames the request, belongs to the connection, or replaces the method.
    fn request(&self, attempt: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
        let _ = (attempt, request);
        Ok(())
    }

    /// Called with a response as it came, before anything is made of it: also with failures. A hook that decompresses the
    /// body removes `content-encoding`.
    ///
    /// # Errors
    ///
    /// An error stops the call. It is the source of the call's [`Error`], which says that the request
    /// [may have been executed](Error::may_have_executed). It stays as it is, so keep what the vendor says out of its text.
    fn response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        let _ = (attempt, response);
        Ok(())
    }

    /// Called when an attempt is over: with the status of its success, or with why it failed.
    ///
    /// A body that does not fit the document is noticed later, and is a success here. An attempt whose call is dropped
    /// ends without this.
    fn finished(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
        let _ = (attempt, result);
    }
}

impl<T: Hook + ?Sized> Hook for Arc<T> {
    fn request(&self, attempt: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
        (**self).request(attempt, request)
    }

    fn response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        (**self).response(attempt, response)
    }

    fn finished(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
        (**self).finished(attempt, result);
    }
}

/// One attempt of a call.
#[derive(Clone, Copy)]
pub struct Attempt {
    pub(crate) operation: &'static Operation,
    pub(crate) number: u32,
    pub(crate) started: Instant,
    pub(crate) retry_in: Option<Duration>,
}

impl Attempt {
    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Which attempt of its call it is; the first one is 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How long it has been going on.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// When it has failed and is followed by another one: after how long a pause.
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
