//! Records one span for each call and one event for each attempt, with the field names of OpenTelemetry's conventions
//! for HTTP clients.
//!
//! URLs are recorded only if the client is configured that way. Headers, bodies and messages are never recorded.

use std::fmt;

use http::StatusCode;
use reqwest::Url;
use tracing::field::Empty;
use tracing::instrument::{Instrument, Instrumented};
use tracing::{Span, debug, info_span, warn};

use super::AttemptSummary;
use crate::operation::OperationEntry;
use crate::retry::RetryDecision;
use crate::{Error, ErrorKind};

/// The `tracing` target of all spans and events of this crate. Filters can select spans and events by their target.
const TRACING_TARGET: &str = "partner_client";

#[derive(Clone)]
pub(crate) struct CallTrace {
    span: Span,
}

impl CallTrace {
    /// Opens the span of a call, as a child of the current span.
    pub(crate) fn open_span(api: &str, operation: &'static OperationEntry, server: &Url) -> CallTrace {
        let span = info_span!(
            target: TRACING_TARGET,
            "call",
            otel.name = %SpanName(operation),
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = operation.method,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            url.template = find_path_template(operation),
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

    /// Whether a subscriber of `tracing` records the span of the call.
    pub(crate) fn is_recorded(&self) -> bool {
        !self.span.is_disabled()
    }

    /// Wraps a future, so that it runs inside the span of the call.
    pub(crate) fn instrument_future<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.span.clone())
    }

    /// Records the URL of the request in the span of the call.
    pub(crate) fn record_url(&self, url: &str) {
        self.span.record("url.full", url);
    }

    /// Logs that an attempt succeeded.
    pub(crate) fn log_attempt_success(&self, attempt: &AttemptSummary) {
        debug!(
            target: TRACING_TARGET,
            parent: &self.span,
            attempt = attempt.number,
            http.response.status_code = attempt.status.map(|status| status.as_u16()),
            http.request.body.size = attempt.request_body_size,
            http.response.body.size = attempt.response_body_size,
            duration_ms = milliseconds(attempt),
            "attempt succeeded",
        );
    }

    /// Logs that an attempt failed. If a retry follows, the log level is `WARN`, because the caller does not get the
    /// error of this attempt.
    pub(crate) fn log_attempt_failure(&self, attempt: &AttemptSummary, error: &Error, next: RetryDecision) {
        match next {
            RetryDecision::Retry(pause) => warn!(
                target: TRACING_TARGET,
                parent: &self.span,
                attempt = attempt.number,
                "error.type" = %ErrorType(error),
                partner.error.code = find_recordable_error_code(error),
                http.response.status_code = attempt.status.map(|status| status.as_u16()),
                http.request.body.size = attempt.request_body_size,
                http.response.body.size = attempt.response_body_size,
                duration_ms = milliseconds(attempt),
                retry_in_ms = pause.as_secs_f64() * 1000.0,
                "attempt failed, trying again",
            ),
            RetryDecision::Stop(stop) => debug!(
                target: TRACING_TARGET,
                parent: &self.span,
                attempt = attempt.number,
                "error.type" = %ErrorType(error),
                partner.error.code = find_recordable_error_code(error),
                http.response.status_code = attempt.status.map(|status| status.as_u16()),
                http.request.body.size = attempt.request_body_size,
                http.response.body.size = attempt.response_body_size,
                duration_ms = milliseconds(attempt),
                final_because = stop.log_name(),
                "attempt failed",
            ),
        }
    }

    /// Records that the call succeeded.
    pub(crate) fn record_call_success(
        &self,
        status: StatusCode,
        attempts: u32,
        unreadable_field_count: usize,
    ) {
        self.span.record("http.response.status_code", status.as_u16());
        if unreadable_field_count > 0 {
            self.span.record("partner.unreadable_fields", unreadable_field_count);
        }
        self.record_resend_count(attempts);
    }

    /// Records that the call failed.
    pub(crate) fn record_call_failure(&self, error: &Error) {
        if !self.is_recorded() {
            return;
        }
        self.span.record("otel.status_code", "ERROR");
        self.span.record("error.type", tracing::field::display(ErrorType(error)));
        self.span.record("http.response.status_code", error.status().map(|status| status.as_u16()));
        self.span.record("partner.error.code", find_recordable_error_code(error));
        self.record_resend_count(error.attempt_count());
    }

    /// Records in the span how often the request was sent again. If the request was sent only once, nothing is
    /// recorded. This is OpenTelemetry's convention.
    fn record_resend_count(&self, attempts: u32) {
        if attempts > 1 {
            self.span.record("http.request.resend_count", attempts - 1);
        }
    }
}

/// Returns the path template of an operation; `None` for raw calls (those without a generated operation).
fn find_path_template(operation: &OperationEntry) -> Option<&'static str> {
    Some(operation.path).filter(|path| !path.is_empty())
}

/// The name of the tracing span of a call, like `POST /v1/users/{user_id}`. It follows the conventions of
/// OpenTelemetry.
struct SpanName(&'static OperationEntry);

impl fmt::Display for SpanName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.method)?;
        find_path_template(self.0).map_or(Ok(()), |path| write!(f, " {path}"))
    }
}

/// Returns the vendor's error code; `None` if it does not look like a code. Some operations send a text in place of a
/// code, and texts, numbers and ids must not be recorded, because they may be personal data.
fn find_recordable_error_code(error: &Error) -> Option<&str> {
    /// The maximum length, in characters, of an error code that is recorded in a trace. Documented codes are shorter.
    const MAX_RECORDABLE_ERROR_CODE_CHARS: usize = 64;
    /// The maximum number of consecutive digits in an error code that is recorded. A longer number may identify a
    /// customer or an account.
    const MAX_CONSECUTIVE_DIGITS_IN_ERROR_CODE: usize = 4;
    let is_word = |code: &str| code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let has_number = |code: &str| {
        code.split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() > MAX_CONSECUTIVE_DIGITS_IN_ERROR_CODE)
    };
    error
        .code()
        .filter(|code| code.len() <= MAX_RECORDABLE_ERROR_CODE_CHARS && is_word(code) && !has_number(code))
}

fn milliseconds(attempt: &AttemptSummary) -> f64 {
    attempt.started_at.elapsed().as_secs_f64() * 1000.0
}

/// The type of an error as OpenTelemetry's convention defines it: the status of a response, like `503`, or a short
/// name, like `timeout`.
struct ErrorType<'a>(&'a Error);

impl fmt::Display for ErrorType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.kind(), self.0.status()) {
            (ErrorKind::Api, Some(status)) => f.write_str(status.as_str()),
            (kind, _) => f.write_str(kind.as_str()),
        }
    }
}
