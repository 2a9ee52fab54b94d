//! Converts the errors of the HTTP client (reqwest) to errors of this crate. Determines whether anything was sent, and
//! whether a retry may succeed.

use std::error::Error as StdError;
use std::io;

use super::{BoxError, Error, ErrorKind, TimeLimit, UNBUILT_REQUEST_FAILURE_MODE};
use crate::retry::FailureMode;

impl Error {
    /// Converts the error of an attempt that did not receive a complete response.
    pub(crate) fn from_reqwest_error(error: reqwest::Error) -> Error {
        // The URL is removed from the error, because it may contain ids, which are personal data.
        let error = error.without_url();
        let (kind, exceeded_time_limit, failure_mode, message) = classify_reqwest_error(&error);
        let mut classified = Error::new(kind, failure_mode, Some(message.to_owned())).with_source(error);
        classified.0.exceeded_time_limit = exceeded_time_limit;
        classified
    }

    /// Returns the error for an attempt whose request body could not be read, e.g. from a stream. The cause may be the
    /// failure of another connection, such as the connection from which a forwarded upload is read. So the cause says
    /// nothing about the connection to the server.
    pub(crate) fn unreadable_request_body(cause: BoxError, server_may_have_received_request: bool) -> Error {
        let failure_mode = if server_may_have_received_request {
            FailureMode::NoReadableResponse { is_transient: false }
        } else {
            UNBUILT_REQUEST_FAILURE_MODE
        };
        let message = "the contents of the body cannot be read";
        let mut error = Error::new(ErrorKind::Request, failure_mode, Some(message.to_owned()));
        error.0.source = Some(cause.into());
        error
    }

    /// Returns the error for a multipart form with an upload that cannot be opened. `part` is the name of the form part
    /// with the upload.
    pub(crate) fn unreadable_part(part: &str, cause: io::Error) -> Error {
        Error::request(format!("the part `{part}` cannot be read")).with_source(cause)
    }

    /// Returns the error for an attempt that timed out while it read the request body from a slow source, e.g. from a
    /// stream.
    pub(crate) fn body_source_timed_out(exceeded_time_limit: TimeLimit, is_sent: bool) -> Error {
        let mut error = Error::timed_out(exceeded_time_limit, is_sent);
        let limit = if exceeded_time_limit == TimeLimit::Attempt { "one attempt" } else { "the call" };
        error.0.message = Some(format!("the contents of the body did not come within the time of {limit}"));
        error
    }
}

fn classify_reqwest_error(
    error: &reqwest::Error,
) -> (ErrorKind, Option<TimeLimit>, FailureMode, &'static str) {
    let unsent = FailureMode::NotFullySent { is_transient: true };
    if error.is_connect() {
        return if error.is_timeout() {
            (ErrorKind::Connect, Some(TimeLimit::Connect), unsent, "connecting took too long")
        } else if is_permanent_tls_failure(error) {
            let permanent = FailureMode::NotFullySent { is_transient: false };
            (
                ErrorKind::Connect,
                None,
                permanent,
                "the server speaks no TLS, or its certificate is not accepted",
            )
        } else {
            (ErrorKind::Connect, None, unsent, "the server cannot be reached")
        };
    }
    if error.is_timeout() {
        let failure_mode = FailureMode::NoReadableResponse { is_transient: true };
        return (ErrorKind::Timeout, Some(TimeLimit::Attempt), failure_mode, "no response came in time");
    }
    if error.is_builder() {
        return (
            ErrorKind::Request,
            None,
            FailureMode::NotFullySent { is_transient: false },
            "the request cannot be built",
        );
    }
    if error.is_redirect() {
        let failure_mode = FailureMode::NoReadableResponse { is_transient: false };
        return (
            ErrorKind::Redirected,
            None,
            failure_mode,
            "the HTTP client followed redirects, and gave up",
        );
    }
    if causes(error).any(is_hyper_cancellation) {
        return (ErrorKind::Transport, None, unsent, "the connection was closed before the request was sent");
    }
    let failure_mode = FailureMode::NoReadableResponse { is_transient: true };
    (ErrorKind::Transport, None, failure_mode, "the connection broke, or the response is not HTTP")
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Whether the cause is hyper's error for a canceled request. hyper cancels a request only while nothing of the request
/// was written to the connection.
fn is_hyper_cancellation(cause: &(dyn StdError + 'static)) -> bool {
    cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled)
}

/// Whether TLS failed because of the data that the server sent, so that another attempt would fail too. rustls reports
/// such a failure as "invalid data", and a broken connection as something else. With other TLS implementations the
/// result is always false, so every TLS failure counts as a broken connection.
fn is_permanent_tls_failure(error: &reqwest::Error) -> bool {
    let is_invalid = |error: &io::Error| error.kind() == io::ErrorKind::InvalidData;
    causes(error).any(|cause| {
        let io = cause.downcast_ref::<io::Error>();
        // An `io::Error` may wrap another error. Its `source` is not the wrapped error, but the source of the wrapped
        // error. So the wrapped error is examined separately.
        let wrapped_io_error =
            io.and_then(io::Error::get_ref).and_then(|inner| inner.downcast_ref::<io::Error>());
        io.is_some_and(is_invalid) || wrapped_io_error.is_some_and(is_invalid)
    })
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
