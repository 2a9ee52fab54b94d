//! The one error of all calls.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::api::Api;
use crate::operation::Operation;

/// Why a call failed.
///
/// One type for both APIs, every operation and every shape that failures have on the wire. Ask it what you need to
/// know; what a vendor's code means is in that API's `ErrorCode`.
///
/// Neither `Display` nor `Debug` shows keys, headers or bodies.
///
#[cfg_attr(
    feature = "unigox",
    doc = r#"
```no_run
use partner_client::unigox::{Client, ErrorCode, NewPartnerUser};

# async fn example(unigox: Client) {
match unigox.create_partner_user(NewPartnerUser::new("customer-42", "a@example.com")).await {
    Ok(user) => println!("created with status {}", user.status()),
    Err(error) if ErrorCode::of(&error) == Some(ErrorCode::WalletTypeMismatch) => println!("another wallet type"),
    Err(error) if error.is_retryable() && !error.may_have_executed() => println!("try again later"),
    Err(error) => println!("{error}"),
}
# }
```
"#
)]
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    api: Option<&'static Api>,
    operation: Option<&'static Operation>,
    message: Option<String>,
    code: Option<String>,
    details: Option<serde_json::Value>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    processed: Processed,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What kind of failure it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is configured wrongly: no key, no server, an address that is none.
    Configuration,
    /// The request could not be made: an argument that cannot be sent, a file that cannot be read.
    Request,
    /// The server was not reached.
    Connect,
    /// No answer came in time.
    Timeout,
    /// The connection broke, or what came was not HTTP.
    Transport,
    /// The answer is larger than the client accepts.
    TooLarge,
    /// The answer does not fit the document.
    Decode,
    /// The API answered with a failure.
    Api,
}

/// What the body of a failure says, whatever its shape.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) details: Option<serde_json::Value>,
    pub(crate) processed: Processed,
}

/// What a code says about whether the request was processed, where the status alone says something else.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Processed {
    /// Nothing: the status decides.
    #[default]
    ByStatus,
    /// It was not, and can be sent again.
    No,
    /// Nobody knows.
    Unknown,
}

impl Error {
    fn new(kind: ErrorKind, message: Option<String>) -> Error {
        Error(Box::new(Inner {
            kind,
            api: None,
            operation: None,
            message,
            code: None,
            details: None,
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            attempts: 0,
            processed: Processed::ByStatus,
            source: None,
        }))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Configuration, Some(message.into()))
    }

    pub(crate) fn request(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Request, Some(message.into()))
    }

    pub(crate) fn upload(path: &Path, error: std::io::Error) -> Error {
        let message = format!("`{}` cannot be uploaded", path.display());
        Error::request(message).because(error)
    }

    pub(crate) fn part(part: &str, error: &serde_json::Error) -> Error {
        Error::request(format!("`{part}` cannot be sent: {}", without_values(error)))
    }

    pub(crate) fn decode(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Decode, Some(message.into()))
    }

    pub(crate) fn too_large(limit: usize) -> Error {
        Error::new(ErrorKind::TooLarge, Some(format!("the answer is larger than {limit} bytes")))
    }

    /// The error of an attempt that brought no answer.
    pub(crate) fn transport(error: reqwest::Error) -> Error {
        // The address of a request holds ids.
        let error = error.without_url();
        let kind = if error.is_connect() {
            ErrorKind::Connect
        } else if error.is_timeout() {
            ErrorKind::Timeout
        } else if error.is_builder() {
            ErrorKind::Request
        } else {
            ErrorKind::Transport
        };
        let message = match (kind, error.is_timeout()) {
            (ErrorKind::Connect, true) => "connecting took too long",
            (ErrorKind::Connect, false) => "the server cannot be reached",
            (ErrorKind::Timeout, _) => "no answer came in time",
            (ErrorKind::Request, _) => "the request cannot be made",
            _ if is_upload_error(&error) => "the contents of an upload cannot be read",
            _ => "the connection broke, or the answer is not HTTP",
        };
        Error::new(kind, Some(message.to_owned())).because(error)
    }

    /// The error of a failure that the API answered with.
    pub(crate) fn answered(failure: Failure) -> Error {
        let mut error = Error::new(ErrorKind::Api, failure.message);
        error.0.code = failure.code;
        error.0.details = failure.details;
        error.0.processed = failure.processed;
        error
    }

    fn because(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Error {
        self.0.source = Some(Box::new(source));
        self
    }

    /// Adds which call it was.
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

    /// Adds what was answered.
    pub(crate) fn with_answer(mut self, status: StatusCode, headers: HeaderMap, body: Bytes) -> Error {
        self.0.status = Some(status);
        self.0.headers = headers;
        self.0.body = body;
        self
    }

    /// What kind of failure it was.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status, when there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The vendor's code, as text. The API's `ErrorCode::of` gives it as an enum.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What the vendor says, or what went wrong here. Not for end users.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The vendor's details, when there are any.
    pub fn details(&self) -> Option<&serde_json::Value> {
        self.0.details.as_ref()
    }

    /// The operation that failed, unless it failed before there was one.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The API that the operation belongs to.
    pub fn api(&self) -> Option<&'static Api> {
        self.0.api
    }

    /// The headers of the answer; none when there was no answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The raw body of the answer, up to the client's limit. It may hold personal data: mind where you log it.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The id that the server gave the request, for its support, when it sent one.
    pub fn request_id(&self) -> Option<&str> {
        ["x-request-id", "request-id", "x-correlation-id", "cf-ray"]
            .iter()
            .find_map(|name| self.0.headers.get(*name)?.to_str().ok())
    }

    /// How long the server asks to wait, when it does so in seconds.
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds = self.0.headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
        Some(Duration::from_secs(seconds))
    }

    /// Whether the same request may succeed later: the server was not reached, was overloaded or unavailable.
    ///
    /// This says nothing about whether it is safe to send it again; see [`may_have_executed`](Self::may_have_executed).
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => true,
            ErrorKind::Api => {
                self.0.processed == Processed::No
                    || matches!(self.status_code(), Some(408 | 429 | 502 | 503 | 504))
            }
            _ => false,
        }
    }

    /// Whether the server may have done what was asked, although the call failed.
    ///
    /// Where this is true, look at the server's state before sending something again that moves money.
    pub fn may_have_executed(&self) -> bool {
        match self.0.kind {
            ErrorKind::Configuration | ErrorKind::Request | ErrorKind::Connect => false,
            ErrorKind::Timeout | ErrorKind::Transport | ErrorKind::TooLarge | ErrorKind::Decode => true,
            ErrorKind::Api => match (self.0.processed, self.status_code()) {
                (Processed::No, _) => false,
                (Processed::Unknown, _) | (_, Some(408)) => true,
                (_, Some(400..=499)) => false,
                _ => true,
            },
        }
    }

    /// Whether no answer came in time.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether the API says that the key is missing, wrong, or not allowed from here.
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.api_status(), Some(401 | 403))
    }

    /// Whether the API says that there is no such thing (or that it is somebody else's).
    pub fn is_not_found(&self) -> bool {
        self.api_status() == Some(404)
    }

    /// Whether the API says that the state of things forbids it.
    pub fn is_conflict(&self) -> bool {
        self.api_status() == Some(409)
    }

    /// Whether the API says that there were too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.api_status() == Some(429)
    }

    fn status_code(&self) -> Option<u16> {
        self.0.status.map(|status| status.as_u16())
    }

    fn api_status(&self) -> Option<u16> {
        if self.0.kind == ErrorKind::Api { self.status_code() } else { None }
    }
}

/// What happened in one line: operation, status, code, message.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(api), Some(operation)) = (self.0.api, self.0.operation) {
            write!(f, "{} {}: ", api.title, operation.id)?;
        }
        if let Some(status) = self.0.status {
            write!(f, "status {}", status.as_u16())?;
            if self.0.code.is_some() || self.0.message.is_some() {
                f.write_str(", ")?;
            }
        }
        match (&self.0.code, &self.0.message) {
            (Some(code), Some(message)) => write!(f, "{code}: {message}"),
            (Some(code), None) => f.write_str(code),
            (None, Some(message)) => f.write_str(message),
            (None, None) if self.0.status.is_none() => write!(f, "{:?}", self.0.kind),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation.map(|operation| operation.id))
            .field("status", &self.status_code())
            .field("code", &self.0.code)
            .field("message", &self.0.message)
            .field("request_id", &self.request_id())
            .field("attempts", &self.0.attempts)
            .field("body_bytes", &self.0.body.len())
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// Whether it was not the connection that failed, but what was to be sent over it.
fn is_upload_error(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if inner.is_some_and(|inner| inner.is::<crate::upload::UploadError>()) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// What serde says about JSON that does not fit, without the values that it quotes: they may be secrets.
pub(crate) fn without_values(error: &serde_json::Error) -> String {
    let place = format!("line {} column {}", error.line(), error.column());
    let text = error.to_string();
    let text = text.strip_suffix(&format!(" at {place}")).unwrap_or(&text);
    // From the end: a value may read like a message itself.
    let kept = match text.rsplit_once(", expected ") {
        Some((found, expected)) => {
            // `invalid type: string "4111...", expected u64`: the kind stays, the value goes.
            let kind = found.split(['"', '`']).next().unwrap_or_default().trim_end();
            let kind = kind.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '.').trim_end();
            format!("{kind}, expected {expected}")
        }
        None => text.to_owned(),
    };
    if error.line() == 0 { kept } else { format!("{kept} at {place}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_never_get_into_messages() {
        let text = |json: &str| without_values(&serde_json::from_str::<Vec<u8>>(json).unwrap_err());
        assert_eq!(text("[\"4111111111111111\"]"), "invalid type: string, expected u8 at line 1 column 19");
        assert_eq!(text("[4111]"), "invalid value: integer, expected u8 at line 1 column 5");
        assert_eq!(text("[-5.25]"), "invalid type: floating point, expected u8 at line 1 column 6");
        let spoofed = text("[\"4111, expected nothing\"]");
        assert!(!spoofed.contains("4111") && !spoofed.contains("nothing"), "{spoofed}");
        assert_eq!(text("[1"), "EOF while parsing a list at line 1 column 2");
    }

    #[test]
    fn an_error_is_small_and_can_go_anywhere() {
        fn anywhere<T: Send + Sync + std::error::Error + 'static>() {}
        anywhere::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn an_error_knows_whether_it_is_safe_to_try_again() {
        let answered = |status: u16, processed: Processed| {
            Error::answered(Failure { processed, ..Failure::default() }).with_answer(
                StatusCode::from_u16(status).unwrap(),
                HeaderMap::new(),
                Bytes::new(),
            )
        };
        for (error, retryable, executed) in [
            (answered(400, Processed::ByStatus), false, false),
            (answered(400, Processed::No), true, false),
            (answered(400, Processed::Unknown), false, true),
            (answered(404, Processed::ByStatus), false, false),
            (answered(408, Processed::ByStatus), true, true),
            (answered(429, Processed::ByStatus), true, false),
            (answered(500, Processed::ByStatus), false, true),
            (answered(503, Processed::ByStatus), true, true),
            (answered(200, Processed::ByStatus), false, true),
            (Error::configuration("x"), false, false),
            (Error::decode("x"), false, true),
            (Error::too_large(1), false, true),
        ] {
            assert_eq!((error.is_retryable(), error.may_have_executed()), (retryable, executed), "{error:?}");
        }
    }
}
