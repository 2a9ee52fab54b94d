//! The one error of all calls.

mod display;
mod kind;
mod predicates;
mod secrets;
mod source;
mod text;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::api::Api;
use crate::api::failure::Failure;
use crate::json::{Misfit, without_bom, without_values};
use crate::operation::Operation;
use crate::retry::{self, Outcome, Processed};
use crate::{Json, JsonError};

pub use kind::{Deadline, ErrorKind};
pub(crate) use secrets::Secrets;
pub(crate) use text::describe;

/// Anything that can be the cause of an error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a call failed.
///
/// One type for all APIs, every operation and every shape that failures have on the wire. Ask it what you need to
/// know; what a vendor's code means is in that API's `ErrorCode`. It is one pointer large, `Send + Sync + 'static`,
/// and goes into `Box<dyn std::error::Error + Send + Sync>`, `anyhow` and the `#[from]` of `thiserror` as it is.
///
/// Neither `Display` nor `Debug` shows keys, headers or bodies, and what they show of the vendor's text is one line of at
/// most 200 characters, without control characters and without what was sent as a secret.
///
/// # What to do with it
///
/// The library has already sent again what it could, see [`retry`](crate::retry). Then these two questions matter:
///
/// | [`is_retryable`](Self::is_retryable) | [`may_have_executed`](Self::may_have_executed) | |
/// |---|---|---|
/// | yes | no | the same call can be made again later: [`retry_after`](Self::retry_after) may say when |
/// | yes | yes | ask for the state of things before it is made again |
/// | no | no | the call has to change, or the state of things |
/// | no | yes | ask for the state of things |
///
/// ```
/// use partner_runtime::Error;
///
/// /// What a service does about an error.
/// fn advice(error: &Error) -> &'static str {
///     match (error.is_retryable(), error.may_have_executed()) {
///         (true, false) => "make the call again later",
///         (_, true) => "ask for the state of things first",
///         (false, false) => "change the call",
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    deadline: Option<Deadline>,
    /// What became of the last attempt.
    outcome: Outcome,
    /// Whether an earlier attempt may have been executed.
    executed_before: bool,
    api: Option<&'static Api>,
    operation: Option<&'static Operation>,
    message: Option<String>,
    code: Option<String>,
    details: Option<Json>,
    /// Where a success does not fit the document.
    json_path: Option<String>,
    /// The path of a call that no document has, without what may be ids.
    path: Option<Box<str>>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    request_id: Option<String>,
    body: Bytes,
    attempts: u32,
    retry_after: Option<Duration>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// The error of the wait that this error comes from.
    wait: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// The source and its causes, as they can be shown.
    cause: Option<String>,
}

/// Nothing was sent, and nothing would be another time.
const NOT_BUILT: Outcome = Outcome::Unsent { transient: false };

impl Error {
    /// What the server says is cleaned by [`Error::without`], and everything else here.
    fn new(kind: ErrorKind, outcome: Outcome, message: Option<String>) -> Error {
        let message = match kind {
            ErrorKind::Api | ErrorKind::Decode => message,
            _ => message.map(|message| text::clean(&message)),
        };
        Error(Box::new(Inner {
            kind,
            deadline: None,
            outcome,
            executed_before: false,
            api: None,
            operation: None,
            message,
            code: None,
            details: None,
            json_path: None,
            path: None,
            status: None,
            headers: HeaderMap::new(),
            request_id: None,
            body: Bytes::new(),
            attempts: 0,
            retry_after: None,
            source: None,
            wait: None,
            cause: None,
        }))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Configuration, NOT_BUILT, Some(message.into()))
    }

    pub(crate) fn request(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Request, NOT_BUILT, Some(message.into()))
    }

    /// The error of a file that cannot be uploaded. Its path is not shown: names of files are the customer's.
    pub(crate) fn upload(error: std::io::Error) -> Error {
        Error::request("the file cannot be uploaded").because(error)
    }

    pub(crate) fn part(part: &str, error: &serde_json::Error) -> Error {
        Error::request(format!("`{part}` cannot be sent: {}", without_values(error)))
    }

    pub(crate) fn throttled(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Throttled, Outcome::Unsent { transient: true }, Some(message.into()))
    }

    /// The error of a hook, which ran before the request was sent, or after it.
    pub(crate) fn hook(error: BoxError, sent: bool) -> Error {
        let outcome = if sent { Outcome::NoResponse { transient: false } } else { NOT_BUILT };
        let mut stopped = Error::new(ErrorKind::Hook, outcome, Some(String::from("a hook stopped the call")));
        stopped.0.source = Some(error.into());
        stopped
    }

    pub(crate) fn redirected() -> Error {
        let message = "the HTTP client followed a redirect, and may have taken the API key along; build it with \
                       `redirect::Policy::none()`";
        let outcome = Outcome::NoResponse { transient: false };
        Error::new(ErrorKind::Redirected, outcome, Some(message.to_owned()))
    }

    pub(crate) fn decode(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Decode, Outcome::NoResponse { transient: false }, Some(message.into()))
    }

    pub(crate) fn too_large(limit: usize) -> Error {
        Error::beyond(limit, "is larger")
    }

    /// The error of a response whose values may take much more memory than its text.
    pub(crate) fn too_many_values(limit: usize) -> Error {
        Error::beyond(limit, "has more values")
    }

    fn beyond(limit: usize, what: &str) -> Error {
        let message = format!(
            "the response {what} than the limit of {limit} bytes allows; set `max_response_bytes` to raise it"
        );
        Error::new(ErrorKind::TooLarge, Outcome::NoResponse { transient: false }, Some(message))
    }

    /// The error of a success that does not fit the document.
    pub(crate) fn misfit(what: &str, misfit: Misfit) -> Error {
        let Misfit { path, reason, position, too_much, .. } = misfit;
        let path = Some(path.to_string()).filter(|path| !path.is_empty());
        let mut message = format!("{what} does not fit the document: {reason}");
        if let Some(path) = &path {
            message.push_str(&format!(" at `{path}`"));
        }
        if let Some((line, column)) = position {
            message.push_str(&format!(" at line {line} column {column}"));
        }
        if too_much {
            message.push_str("; more of it does not fit than can be left out");
        }
        let mut error = Error::decode(message);
        error.0.json_path = path;
        error
    }

    /// The error of an attempt whose time was over before its response had come.
    pub(crate) fn out_of_time(deadline: Deadline, sent: bool) -> Error {
        let outcome =
            if sent { Outcome::NoResponse { transient: true } } else { Outcome::Unsent { transient: true } };
        let message = match deadline {
            Deadline::Connect => "connecting took too long",
            Deadline::Attempt => "no answer came within the time of one attempt",
            Deadline::Call => "no answer came within the time of the call",
        };
        let mut error = Error::new(ErrorKind::Timeout, outcome, Some(message.to_owned()));
        error.0.deadline = Some(deadline);
        error
    }

    /// The error of a failure that the API responded with.
    pub(crate) fn failure(status: StatusCode, failure: Failure) -> Error {
        // What a vendor's code says of whether the request was processed, it says together with a status of failure.
        let processed = if status.is_success() { Processed::ByStatus } else { failure.processed };
        let outcome = Outcome::Failure { status: status.as_u16(), processed };
        let mut error = Error::new(ErrorKind::Api, outcome, failure.message);
        error.0.code = failure.code;
        error.0.details = failure.details;
        error.0.retry_after = failure.retry_after.map(|wait| wait.min(retry::LONGEST_WAIT));
        error
    }

    /// The error of a wait: what its failed request says, or that it ended without the state that was waited for.
    pub(crate) fn wait<W: std::error::Error + Send + Sync + 'static>(
        wait: W,
        failed_request: impl FnOnce(&W) -> Option<&Error>,
        transient: bool,
    ) -> Error {
        let mut error = match failed_request(&wait) {
            Some(error) => Error(error.0.clone()),
            None => Error::new(ErrorKind::Wait, Outcome::NoResponse { transient }, Some(wait.to_string())),
        };
        error.0.executed_before = true;
        error.0.wait = Some(Arc::new(wait));
        error
    }

    /// The error of the wait that this error comes from, if it is of this type.
    pub(crate) fn wait_source<W: std::error::Error + 'static>(&self) -> Option<&W> {
        self.0.wait.as_ref()?.downcast_ref()
    }

    fn because(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Error {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// Adds which call it was, and how often it was attempted.
    pub(crate) fn of_call(
        mut self,
        api: &'static Api,
        operation: &'static Operation,
        attempts: u32,
    ) -> Error {
        self.0.api = Some(api);
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    /// Adds the path of a call that no document has.
    pub(crate) fn of_path(mut self, path: Option<&str>) -> Error {
        self.0.path = path.map(Box::from);
        self
    }

    /// Adds that an earlier attempt may have been executed.
    pub(crate) fn executed_before(mut self, executed: bool) -> Error {
        self.0.executed_before |= executed;
        self
    }

    /// Adds the response.
    pub(crate) fn with_response(mut self, status: StatusCode, headers: HeaderMap, body: Bytes) -> Error {
        self.0.retry_after =
            self.0.retry_after.or_else(|| retry::parse_retry_after(&headers, SystemTime::now()));
        self.0.status = Some(status);
        self.0.request_id = request_id(&headers);
        self.0.headers = headers;
        self.0.body = body;
        self
    }

    /// Adds the response that a page came with. Its request id is in the headers alone: what was sent as a secret, and may
    /// be repeated there, is not known any more.
    pub(crate) fn with_page(self, status: StatusCode, headers: HeaderMap) -> Error {
        let mut error = self.with_response(status, headers, Bytes::new());
        error.0.request_id = None;
        error
    }

    /// What became of the last attempt.
    pub(crate) fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// What kind of failure it was.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status, when there was a response.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The vendor's code, as text, shortened and cleaned like the [message](Self::message). The API's `ErrorCode::from_error`
    /// gives it as an enum.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What the vendor says, or what went wrong here. Not for end users.
    ///
    /// At most 200 characters in one line, without control characters. The API key and what was sent as sensitive is
    /// replaced by `[redacted]`; the [`body`](Self::body) has it all.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The vendor's details, when there are any, as they were sent: **raw**. They may repeat what was sent, the API key
    /// included, and hold line ends and control characters: mind where you log them.
    pub fn details(&self) -> Option<&Json> {
        self.0.details.as_ref()
    }

    /// The operation that failed, unless it failed before there was one.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The HTTP method of the call.
    pub fn method(&self) -> Option<&'static str> {
        self.0.operation.map(|operation| operation.method)
    }

    /// The path of the call as the document has it, like `/v1/users/{user_id}`. Of a [raw call](crate::RawCall) it is the
    /// path that was asked for, with `{}` for every part that may be an id.
    pub fn path(&self) -> Option<&str> {
        let documented = self.0.operation.map(|operation| operation.path).filter(|path| !path.is_empty());
        self.0.path.as_deref().or(documented)
    }

    /// Where in the body a success does not fit the document, like `data.orders[3].amount`.
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// The API that the operation belongs to.
    pub fn api(&self) -> Option<&'static Api> {
        self.0.api
    }

    /// The headers of the response, **raw**; none when there was no response.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body of the response, up to the client's limit: **raw**. It may hold personal data, repeat what was sent, the
    /// API key included, and hold line ends and control characters: mind where you log it.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Deserializes the body of the response, whatever the status: as a type of yours, or as [`Json`], which takes any.
    /// A call whose response has a status of success was carried out, also when the response does not fit the document,
    /// and this is how to get at its ids. The body is the whole response, envelope included.
    ///
    /// # Errors
    ///
    /// When the body does not fit the type, or is no JSON. The error does not show what was there.
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        serde_json::from_slice(without_bom(&self.0.body)).map_err(|error| JsonError::of(&error))
    }

    /// How often the request was sent, or tried to be. What the error says besides is about the last attempt, except
    /// for [`may_have_executed`](Self::may_have_executed).
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The id that the server gave the request, for its support, when it sent one. When the pages of a list contradict each
    /// other, it is in the [headers](Self::headers) alone.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the server asks to wait, counted from its response: by the header `Retry-After`, in seconds or as a
    /// date, or by the vendor's details. Never more than a day.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    let mut values = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"].iter();
    values.find_map(|name| headers.get(*name)?.to_str().ok().map(str::to_owned))
}
