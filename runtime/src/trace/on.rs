//! One span for each call and one event for each attempt, with the field names of OpenTelemetry's conventions for HTTP clients.
//!
//! URLs are recorded only if the client is configured to. Headers, bodies and messages never are.

use std::fmt;

use http::StatusCode;
use reqwest::Url;
use tracing::field::Empty;
use tracing::instrument::{Instrument, Instrumented};
use tracing::{Span, debug, info_span, warn};

use super::AttemptSummary;
use crate::operation::Operation;
use crate::retry::Next;
use crate::{Error, ErrorKind};

/// The target of this crate's spans and events, which filters and subscribers use.
const TARGET: &str = "partner_client";

#[derive(Clone)]
pub(crate) struct CallTrace {
    span: Span,
}

impl CallTrace {
    /// Opens the span of a call, as a child of the current span.
    pub(crate) fn start(api: &str, operation: &'static Operation, server: &Url) -> CallTrace {
        let span = info_span!(
            target: TARGET,
            "call",
            otel.name = %Name(operation),
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = operation.method,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            url.template = template(operation),
            url.full = Empty,
            server.address = server.host_str(),
            server.port = server.port_or_known_default(),
            "error.type" = Empty,
            partner.api = api,
            partner.operation = operation.id,
            partner.error.code = Empty,
            partner.unreadable_fields = Empty,
        );
        CallTrace { span }
    }

    /// Whether a subscriber records the span.
    pub(crate) fn is_on(&self) -> bool {
        !self.span.is_disabled()
    }

    /// Runs a future inside the span.
    pub(crate) fn within<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.span.clone())
    }

    /// Records the URL.
    pub(crate) fn url(&self, url: &str) {
        self.span.record("url.full", url);
    }

    /// Records that an attempt succeeded.
    pub(crate) fn attempt_succeeded(&self, attempt: &AttemptSummary) {
        debug!(
            target: TARGET,
            parent: &self.span,
            attempt = attempt.number,
            http.response.status_code = attempt.status.map(|status| status.as_u16()),
            http.request.body.size = attempt.sent_bytes,
            http.response.body.size = attempt.received_bytes,
            duration_ms = milliseconds(attempt),
            "attempt succeeded",
        );
    }

    /// Records that an attempt failed. A retry is a warning, because only this event shows it.
    pub(crate) fn attempt_failed(&self, attempt: &AttemptSummary, error: &Error, next: Next) {
        match next {
            Next::Retry(pause) => warn!(
                target: TARGET,
                parent: &self.span,
                attempt = attempt.number,
                "error.type" = %ErrorType(error),
                partner.error.code = code(error),
                http.response.status_code = attempt.status.map(|status| status.as_u16()),
                http.request.body.size = attempt.sent_bytes,
                http.response.body.size = attempt.received_bytes,
                duration_ms = milliseconds(attempt),
                retry_in_ms = pause.as_secs_f64() * 1000.0,
                "attempt failed, trying again",
            ),
            Next::Stop(stop) => debug!(
                target: TARGET,
                parent: &self.span,
                attempt = attempt.number,
                "error.type" = %ErrorType(error),
                partner.error.code = code(error),
                http.response.status_code = attempt.status.map(|status| status.as_u16()),
                http.request.body.size = attempt.sent_bytes,
                http.response.body.size = attempt.received_bytes,
                duration_ms = milliseconds(attempt),
                final_because = stop.as_str(),
                "attempt failed",
            ),
        }
    }

    /// Records that the call succeeded.
    pub(crate) fn succeeded(&self, status: StatusCode, attempts: u32, unreadable: usize) {
        self.span.record("http.response.status_code", status.as_u16());
        if unreadable > 0 {
            self.span.record("partner.unreadable_fields", unreadable);
        }
        self.resent(attempts);
    }

    /// Records that the call failed.
    pub(crate) fn failed(&self, error: &Error) {
        if !self.is_on() {
            return;
        }
        self.span.record("otel.status_code", "ERROR");
        self.span.record("error.type", tracing::field::display(ErrorType(error)));
        self.span.record("http.response.status_code", error.status().map(|status| status.as_u16()));
        self.span.record("partner.error.code", code(error));
        self.resent(error.attempts());
    }

    /// Records how often the request was sent again. The convention omits the field when it was sent once.
    fn resent(&self, attempts: u32) {
        if attempts > 1 {
            self.span.record("http.request.resend_count", attempts - 1);
        }
    }
}

/// The path template of an operation. None for raw calls.
fn template(operation: &Operation) -> Option<&'static str> {
    Some(operation.path).filter(|path| !path.is_empty())
}

/// The name of an operation's span according to the convention.
struct Name(&'static Operation);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.method)?;
        template(self.0).map_or(Ok(()), |path| write!(f, " {path}"))
    }
}

/// The vendor's code, unless it does not look like a code. Some operations send a text in place of a code, and texts, numbers
/// and ids may be about a customer.
fn code(error: &Error) -> Option<&str> {
    /// The length of the longest code; documented ones are shorter.
    const LONGEST: usize = 64;
    /// How many digits in a row a code may have.
    const DIGITS: usize = 4;
    let is_word = |code: &str| code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let has_number =
        |code: &str| code.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > DIGITS);
    error.code().filter(|code| code.len() <= LONGEST && is_word(code) && !has_number(code))
}

fn milliseconds(attempt: &AttemptSummary) -> f64 {
    attempt.started.elapsed().as_secs_f64() * 1000.0
}

/// The type of an error according to the convention: the status of a response, or a short name.
struct ErrorType<'a>(&'a Error);

impl fmt::Display for ErrorType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.kind(), self.0.status()) {
            (ErrorKind::Api, Some(status)) => f.write_str(status.as_str()),
            (kind, _) => f.write_str(kind.as_str()),
        }
    }
}
