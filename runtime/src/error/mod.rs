//! The error type of all calls.

mod display;
mod kind;
mod predicates;
mod secrets;
mod source;
#[cfg(test)]
mod tests;
mod text;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::api::Api;
use crate::api::failure::Failure;
use crate::json::{self, JsonPath, TypeMismatch, describe_error_without_values};
use crate::operation::OperationEntry;
use crate::retry::{self, FailureMode, ProcessingEvidence};
use crate::{Json, JsonError, UnreadableField};

pub use kind::{ErrorKind, TimeLimit};
pub(crate) use secrets::CallSecrets;
pub(crate) use text::describe_error;

/// Any error that can be the source of an [`Error`].
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The reason why a call failed.
///
/// There is one error type for all APIs and operations, whatever shape a failure has on the wire. Its methods answer
/// what a caller needs to know; the `ErrorCode` of an API explains the vendor's code. The type has the size of a
/// pointer, is `Send + Sync + 'static`, and converts into `Box<dyn std::error::Error + Send + Sync>`, `anyhow` errors
/// and the `#[from]` of `thiserror`.
///
/// Neither `Display` nor `Debug` shows keys, headers or bodies. Of the vendor's text they show one line of at most 200
/// characters, without control characters and without the secrets that were sent.
///
/// # How to handle it
///
/// The library has already retried the call where that was safe, see [`retry`]. What remains depends on
/// two questions:
///
/// | [`is_retryable`](Self::is_retryable) | [`may_have_executed`](Self::may_have_executed) | |
/// |---|---|---|
/// | yes | no | make the same call again later, at the time that [`retry_after`](Self::retry_after) gives |
/// | yes | yes | query the state at the vendor before making the call again |
/// | no | no | change the call, or the state that it depends on |
/// | no | yes | query the state at the vendor |
///
/// ```
/// use partner_runtime::Error;
///
/// /// How a service handles an error.
/// fn advice(error: &Error) -> &'static str {
///     match (error.is_retryable(), error.may_have_executed()) {
///         (true, false) => "make the call again later",
///         (_, true) => "query the state at the vendor first",
///         (false, false) => "change the call",
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    exceeded_time_limit: Option<TimeLimit>,
    /// The way in which the call's last attempt failed.
    failure_mode: FailureMode,
    /// Whether the server may have executed an earlier attempt of the call.
    may_have_executed_earlier_attempt: bool,
    /// Whether the request of the last attempt only reads, so that executing the request changes nothing.
    is_request_read_only: bool,
    api: Option<&'static Api>,
    operation: Option<&'static OperationEntry>,
    message: Option<String>,
    code: Option<String>,
    details: Option<Json>,
    /// The JSON path of the value that does not conform to the OpenAPI document: a value in the response, or a value in
    /// a request that therefore was not sent.
    json_path: Option<String>,
    /// The path of a raw call (one without a generated operation), with `{}` for each segment that may be an id. `None`
    /// for other calls, because their operation has a path template.
    redacted_raw_call_path: Option<Box<str>>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    request_id: Option<String>,
    body: Bytes,
    attempts: u32,
    retry_after: Option<Duration>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// The `WaitError` that this error was converted from.
    original_wait_error: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// The text of the error that caused this error, followed by the texts of the causes of that error. Secrets are
    /// removed from the text.
    source_chain_text: Option<String>,
}

/// The maximum size, in bytes, of a response body that a waiter or a page stream keeps in memory while it sends further
/// requests. A larger body is dropped. A waiter is a method that polls for a state.
pub(crate) const MAX_RETAINED_BODY_BYTES: usize = 64 * 1024;

/// The failure mode of a call whose request could not be built: nothing was sent, and another attempt would fail in the
/// same way.
const UNBUILT_REQUEST_FAILURE_MODE: FailureMode = FailureMode::NotFullySent { is_transient: false };

impl Error {
    /// Makes an error. A message that may come from the server (in an API or decoding error) is stored unchanged, and
    /// [`Error::with_redacted_secrets`] makes it safe to show later. Any other message is made safe here.
    fn new(kind: ErrorKind, failure_mode: FailureMode, message: Option<String>) -> Error {
        let message = match kind {
            ErrorKind::Api | ErrorKind::Decode => message,
            _ => message.map(|message| text::to_short_line(&message)),
        };
        Error(Box::new(Inner {
            kind,
            exceeded_time_limit: None,
            failure_mode,
            may_have_executed_earlier_attempt: false,
            is_request_read_only: false,
            api: None,
            operation: None,
            message,
            code: None,
            details: None,
            json_path: None,
            redacted_raw_call_path: None,
            status: None,
            headers: HeaderMap::new(),
            request_id: None,
            body: Bytes::new(),
            attempts: 0,
            retry_after: None,
            source: None,
            original_wait_error: None,
            source_chain_text: None,
        }))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Configuration, UNBUILT_REQUEST_FAILURE_MODE, Some(message.into()))
    }

    pub(crate) fn request(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Request, UNBUILT_REQUEST_FAILURE_MODE, Some(message.into()))
    }

    /// Returns the error for a file that cannot be uploaded. The error does not show the path of the file, because file
    /// names are personal data.
    pub(crate) fn unreadable_upload(error: std::io::Error) -> Error {
        Error::request("the file cannot be uploaded").with_source(error)
    }

    pub(crate) fn part(part: &str, error: &serde_json::Error) -> Error {
        Error::request(format!("`{part}` cannot be sent: {}", describe_error_without_values(error)))
    }

    /// Returns the error for a request that is not sent because one of its amounts is not more than zero. `path` is the
    /// JSON path of this amount.
    pub(crate) fn amount_not_above_zero(path: &JsonPath) -> Error {
        let mut error = Error::request(format!("`{path}` has to be more than zero"));
        error.0.json_path = Some(path.to_string());
        error
    }

    pub(crate) fn throttled(message: impl Into<String>) -> Error {
        Error::new(
            ErrorKind::Throttled,
            FailureMode::NotFullySent { is_transient: true },
            Some(message.into()),
        )
    }

    /// Returns the error for a hook that stopped the call. `is_sent` says whether the request was already sent.
    pub(crate) fn stopped_by_hook(error: BoxError, is_sent: bool) -> Error {
        let failure_mode = if is_sent {
            FailureMode::NoReadableResponse { is_transient: false }
        } else {
            UNBUILT_REQUEST_FAILURE_MODE
        };
        let mut stopped =
            Error::new(ErrorKind::StoppedByHook, failure_mode, Some(String::from("a hook stopped the call")));
        stopped.0.source = Some(error.into());
        stopped
    }

    /// Returns the error for a call whose token provider returned no token.
    pub(crate) fn missing_token(error: BoxError) -> Error {
        let mut failed = Error::configuration("the token provider returned no token");
        failed.0.source = Some(error.into());
        failed
    }

    pub(crate) fn redirected() -> Error {
        let message = "the HTTP client followed a redirect, and may have taken the API key along; build it with \
                       `redirect::Policy::none()`";
        let failure_mode = FailureMode::NoReadableResponse { is_transient: false };
        Error::new(ErrorKind::Redirected, failure_mode, Some(message.to_owned()))
    }

    pub(crate) fn decode(message: impl Into<String>) -> Error {
        Error::new(
            ErrorKind::Decode,
            FailureMode::NoReadableResponse { is_transient: false },
            Some(message.into()),
        )
    }

    pub(crate) fn response_too_large(limit: usize) -> Error {
        Error::make_limit_error(limit, "is larger")
    }

    /// Returns the error for a response whose text is short enough, but whose values may take too much memory once they
    /// are deserialized. `limit` is the client's `max_response_bytes`.
    pub(crate) fn response_values_too_large(limit: usize) -> Error {
        Error::make_limit_error(limit, "has more values")
    }

    fn make_limit_error(limit: usize, what: &str) -> Error {
        let message = format!(
            "the response {what} than the limit of {limit} bytes allows; set `max_response_bytes` to raise it"
        );
        Error::new(
            ErrorKind::ResponseTooLarge,
            FailureMode::NoReadableResponse { is_transient: false },
            Some(message),
        )
    }

    /// Returns the error for a successful response that does not conform to the OpenAPI document.
    pub(crate) fn nonconforming_response(subject: &str, mismatch: TypeMismatch) -> Error {
        let TypeMismatch {
            path,
            reason,
            line_and_column,
            would_be_left_out_without_limit: is_leave_out_limit_reached,
            ..
        } = mismatch;
        let path = Some(path.to_string()).filter(|path| !path.is_empty());
        let mut message = format!("{subject} does not fit the document: {reason}");
        if let Some(path) = &path {
            message.push_str(&format!(" at `{path}`"));
        }
        if let Some((line, column)) = line_and_column {
            message.push_str(&format!(" at line {line} column {column}"));
        }
        if is_leave_out_limit_reached {
            message.push_str("; more of it does not fit than can be left out");
        }
        let mut error = Error::decode(message);
        error.0.json_path = path;
        error
    }

    /// Returns the error for a response field that was left out, because its value does not conform to the OpenAPI
    /// document.
    pub(crate) fn unreadable_field(message: String, field: &UnreadableField) -> Error {
        let mut error = Error::decode(format!("{message}: {}", field.reason()));
        error.0.json_path = Some(field.path());
        error
    }

    /// Returns the error for an attempt that timed out before its response had arrived.
    pub(crate) fn timed_out(exceeded_time_limit: TimeLimit, is_sent: bool) -> Error {
        let failure_mode = if is_sent {
            FailureMode::NoReadableResponse { is_transient: true }
        } else {
            FailureMode::NotFullySent { is_transient: true }
        };
        let message = match exceeded_time_limit {
            TimeLimit::Connect => "connecting took too long",
            TimeLimit::Attempt => "no response came within the time of one attempt",
            TimeLimit::Call => "no response came within the time of the call",
        };
        let mut error = Error::new(ErrorKind::Timeout, failure_mode, Some(message.to_owned()));
        error.0.exceeded_time_limit = Some(exceeded_time_limit);
        error
    }

    /// Returns the error for a failure that the API reported.
    pub(crate) fn api_failure(status: StatusCode, failure: Failure) -> Error {
        // The vendor's error code may say whether the request was processed. If the response has a success status, the
        // error code is ignored, and only the status says whether the request was processed.
        let processing_evidence =
            if status.is_success() { ProcessingEvidence::ByStatus } else { failure.processing_evidence };
        let failure_mode = FailureMode::ApiFailure { status: status.as_u16(), processing_evidence };
        let mut error = Error::new(ErrorKind::Api, failure_mode, failure.message);
        error.0.code = failure.code;
        error.0.details = failure.details;
        error.0.retry_after = failure.retry_after.map(|wait| wait.min(retry::MAX_RETRY_AFTER));
        error
    }

    /// Converts a `WaitError`, the error of a method that polls the API until a state is reached. If a request failed,
    /// the result is a copy of the error of that request; otherwise, it is a new error of the kind `Wait`. In both
    /// cases, the result contains the `WaitError`.
    pub(crate) fn from_wait_error<W: std::error::Error + Send + Sync + 'static>(
        wait: W,
        failed_request: impl FnOnce(&W) -> Option<&Error>,
        is_transient: bool,
    ) -> Error {
        let mut error = match failed_request(&wait) {
            Some(error) => Error(error.0.clone()),
            None => Error::new(
                ErrorKind::Wait,
                FailureMode::NoReadableResponse { is_transient },
                Some(wait.to_string()),
            ),
        };
        error.0.may_have_executed_earlier_attempt = true;
        error.0.original_wait_error = Some(Arc::new(wait));
        error
    }

    /// Returns the `WaitError` that this error was converted from; `None` if it was not converted from a `WaitError` of
    /// the type `W`.
    pub(crate) fn downcast_wait_error<W: std::error::Error + 'static>(&self) -> Option<&W> {
        self.0.original_wait_error.as_ref()?.downcast_ref()
    }

    fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Error {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// Adds the called operation (with its API) and the number of attempts to the error.
    pub(crate) fn with_operation_and_attempts(
        mut self,
        api: &'static Api,
        operation: &'static OperationEntry,
        attempts: u32,
    ) -> Error {
        self.0.api = Some(api);
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    /// Adds the path of a raw call, which has no generated operation. In `path`, each segment that may be an id is
    /// replaced by `{}`. For other calls, `path` is `None`, because the path template of the operation is shown.
    pub(crate) fn with_redacted_raw_call_path(mut self, path: Option<&str>) -> Error {
        self.0.redacted_raw_call_path = path.map(Box::from);
        self
    }

    /// Records in the error whether the server may have executed an earlier attempt of the call.
    pub(crate) fn with_possibly_executed_earlier_attempt(mut self, may_have_executed: bool) -> Error {
        self.0.may_have_executed_earlier_attempt |= may_have_executed;
        self
    }

    /// Stores in the error whether the request was read-only (changed nothing on the server).
    pub(crate) fn with_request_read_only(mut self, is_request_read_only: bool) -> Error {
        self.0.is_request_read_only = is_request_read_only;
        self
    }

    /// Adds the status, headers and body of the response to the error.
    pub(crate) fn with_response(mut self, status: StatusCode, headers: HeaderMap, body: Bytes) -> Error {
        self.0.retry_after =
            self.0.retry_after.or_else(|| retry::parse_retry_after(&headers, SystemTime::now()));
        self.0.status = Some(status);
        self.0.request_id = request_id(&headers);
        self.0.headers = headers;
        self.0.body = body;
        self
    }

    /// Adds the status of the response to the error.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Error {
        self.0.status = Some(status);
        self
    }

    /// Adds the status and headers of the response to an error about a page of a list. The error gets no request id:
    /// the id in the headers might repeat a secret of the call, and could not be redacted, because the secrets are no
    /// longer known.
    pub(crate) fn with_page_status_and_headers(self, status: StatusCode, headers: HeaderMap) -> Error {
        let mut error = self.with_response(status, headers, Bytes::new());
        error.0.request_id = None;
        error
    }

    /// Drops a large body, and the details that were read from it, so that the error takes little memory while further
    /// requests are sent.
    pub(crate) fn without_large_body(mut self) -> Error {
        if self.0.body.len() > MAX_RETAINED_BODY_BYTES {
            self.0.body = Bytes::new();
            self.0.details = None;
        }
        self
    }

    /// Returns the way in which the call's last attempt failed.
    pub(crate) fn failure_mode(&self) -> FailureMode {
        self.0.failure_mode
    }

    /// Returns the kind of failure.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the HTTP status; `None` if there was no response.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the vendor's error code as text, shortened and cleaned like the [message](Self::message). The API's
    /// `ErrorCode::from_error` returns the code as an enum.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns the vendor's message, or the message of this library. The message is not meant for end users.
    ///
    /// It has at most 200 characters in one line, without control characters. The API key and sensitive values that
    /// were sent are replaced by `[redacted]`; the [`body`](Self::body) has the original text.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// Returns the vendor's details, **raw**, as they were received; `None` if there are none. They may repeat data of
    /// the request, including the API key, and have line ends and control characters, so take care where you log them.
    pub fn details(&self) -> Option<&Json> {
        self.0.details.as_ref()
    }

    /// Returns the operation that failed; `None` if the error is not about a call.
    pub fn operation(&self) -> Option<&'static OperationEntry> {
        self.0.operation
    }

    /// Returns the HTTP method of the failed call; `None` if the error is not about a call.
    pub fn method(&self) -> Option<&'static str> {
        self.0.operation.map(|operation| operation.method)
    }

    /// Returns the path template of the operation, like `/v1/users/{user_id}`. For a [raw call](crate::RawCall) it is
    /// the path that was requested, with `{}` for each segment that may be an id.
    pub fn path(&self) -> Option<&str> {
        let documented = self.0.operation.map(|operation| operation.path).filter(|path| !path.is_empty());
        self.0.redacted_raw_call_path.as_deref().or(documented)
    }

    /// Returns the JSON path of the value that caused the error, like `data.orders[3].amount`. This is the value in the
    /// body of the response that does not conform to the OpenAPI document. If the request was not sent because it has
    /// an amount that is not more than zero, the value is this amount.
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Returns the API of the operation.
    pub fn api(&self) -> Option<&'static Api> {
        self.0.api
    }

    /// Returns the headers of the response, **raw**: secrets in them are not redacted. They are empty when there was no
    /// response.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the body of the response, **raw**, up to the client's limit. Take care where you log the body: it may
    /// contain personal data, line ends and control characters. It may also repeat data of the request, even the API
    /// key.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Deserializes the body of the response as the type `T`, whatever the status of the response. The type [`Json`]
    /// accepts any JSON. If the status is a success, the call was executed, even if the response does not conform to
    /// the OpenAPI document. Use this function to read the ids in such a response. The body includes the envelope (the
    /// JSON object around the content).
    ///
    /// # Errors
    ///
    /// When the body does not fit the type, or is not JSON. The error does not show the body.
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        json::deserialize_body(&self.0.body)
    }

    /// Returns the number of attempts to send the request. Everything else in the error is about the last attempt,
    /// except for [`may_have_executed`](Self::may_have_executed).
    pub fn attempt_count(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the id that the server assigned to the request, if the response has one. The vendor's support asks for
    /// this id.
    ///
    /// Also returns `None` for the error that the pages of a list contradict each other. In this case, the id is only
    /// in the [headers](Self::headers).
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns how long the server asks the client to wait, counted from the response. The time is read from the header
    /// `Retry-After` (seconds or a date), or from the details in the body of the failure. It is never more than a day.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    let mut values = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"].iter();
    values.find_map(|name| headers.get(*name)?.to_str().ok().map(str::to_owned))
}
