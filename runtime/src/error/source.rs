//! What an error of the HTTP client means for the call.

use std::error::Error as StdError;
use std::io;

use super::{BoxError, Deadline, Error, ErrorKind, NOT_BUILT};
use crate::retry::Outcome;

impl Error {
    /// The error of an attempt that brought no response, or not a whole one.
    pub(crate) fn transport(error: reqwest::Error) -> Error {
        // The address of a request holds ids.
        let error = error.without_url();
        let (kind, deadline, outcome, message) = classify(&error);
        let mut classified = Error::new(kind, outcome, Some(message.to_owned())).because(error);
        classified.0.deadline = deadline;
        classified
    }

    /// The error of an attempt whose body could not be read from where it comes from. Nothing is concluded from the
    /// cause, which may have another connection's failure among its own causes.
    pub(crate) fn body_source(cause: BoxError, begun: bool) -> Error {
        let outcome = if begun { Outcome::NoResponse { transient: false } } else { NOT_BUILT };
        let message = "the contents of the body cannot be read";
        let mut error = Error::new(ErrorKind::Request, outcome, Some(message.to_owned()));
        error.0.source = Some(cause.into());
        error
    }

    /// The error of an attempt whose form has a part that cannot be opened.
    pub(crate) fn part_source(part: &str, cause: io::Error) -> Error {
        Error::request(format!("the part `{part}` cannot be read")).because(cause)
    }

    /// The error of an attempt whose time was over while the contents of its body were waited for.
    pub(crate) fn source_out_of_time(deadline: Deadline, sent: bool) -> Error {
        let mut error = Error::out_of_time(deadline, sent);
        let limit = if deadline == Deadline::Attempt { "one attempt" } else { "the call" };
        error.0.message = Some(format!("the contents of the body did not come within the time of {limit}"));
        error
    }
}

fn classify(error: &reqwest::Error) -> (ErrorKind, Option<Deadline>, Outcome, &'static str) {
    let unsent = Outcome::Unsent { transient: true };
    if error.is_connect() {
        return if error.is_timeout() {
            (ErrorKind::Connect, Some(Deadline::Connect), unsent, "connecting took too long")
        } else if is_not_who_it_should_be(error) {
            let permanent = Outcome::Unsent { transient: false };
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
        let outcome = Outcome::NoResponse { transient: true };
        return (ErrorKind::Timeout, Some(Deadline::Attempt), outcome, "no answer came in time");
    }
    if error.is_builder() {
        return (
            ErrorKind::Request,
            None,
            Outcome::Unsent { transient: false },
            "the request cannot be made",
        );
    }
    if error.is_redirect() {
        let outcome = Outcome::NoResponse { transient: false };
        return (ErrorKind::Redirected, None, outcome, "the HTTP client followed redirects, and gave up");
    }
    if causes(error).any(is_canceled) {
        return (ErrorKind::Transport, None, unsent, "the connection was closed before the request was sent");
    }
    let outcome = Outcome::NoResponse { transient: true };
    (ErrorKind::Transport, None, outcome, "the connection broke, or the answer is not HTTP")
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Whether the request was still in the queue of its connection: hyper says so only when nothing of it was written.
fn is_canceled(cause: &(dyn StdError + 'static)) -> bool {
    cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled)
}

/// Whether TLS failed over what the server said, which no further attempt changes. rustls says "invalid data" then,
/// and something else when the connection breaks. What other implementations say counts as a broken connection.
fn is_not_who_it_should_be(error: &reqwest::Error) -> bool {
    let is_invalid = |error: &io::Error| error.kind() == io::ErrorKind::InvalidData;
    causes(error).any(|cause| {
        let io = cause.downcast_ref::<io::Error>();
        // An `io::Error` passes on what its inner error has as source, not that inner error.
        let inner = io.and_then(io::Error::get_ref).and_then(|inner| inner.downcast_ref::<io::Error>());
        io.is_some_and(is_invalid) || inner.is_some_and(is_invalid)
    })
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
