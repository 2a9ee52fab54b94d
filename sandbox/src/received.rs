//! The log of received requests, without API keys and contents of files.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use partner_client::operation::OperationEntry;
use serde_json::Value;

use crate::body::{self, BodyContent, ReceivedBody, ReceivedFile};
use crate::document::Document;

/// A request that the sandbox has received.
///
/// The fields have all values of the request except the headers with credentials and the contents of files, so that a
/// test can compare them. `Debug` shows only those values of parameters and bodies that the OpenAPI document declares
/// and does not mark as sensitive.
#[derive(Clone)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// The API that was called: `unigox` or `p100`.
    pub api: &'static str,
    /// The name of the client's method for the operation that was called; `None` if no operation has the HTTP method
    /// and path of the request.
    pub operation: Option<&'static str>,
    /// The HTTP method.
    pub method: String,
    /// The path as it was sent, without the sandbox's prefix (`/unigox` or `/p100`) and without the query.
    pub path: String,
    /// The decoded query parameters, in the order in which they were sent.
    pub query: Vec<(String, String)>,
    /// The headers, except those with credentials.
    pub headers: HeaderMap,
    /// The HTTP status of the response. It has no meaning if the connection was closed without a response.
    pub status: u16,
    /// The first problem that was found when the request was checked against the OpenAPI document; `None` if no problem
    /// was found.
    pub problem: Option<String>,
    /// The media type in the `Content-Type` header, without parameters like `charset`.
    pub content_type: Option<String>,
    /// The size of the body in bytes; 0 if the request was refused before its body was read.
    pub body_size: u64,
    /// The body as parsed JSON; `None` if the body is not JSON.
    pub body: Option<Value>,
    /// The text fields of a multipart body, as pairs of part name and text.
    pub text_fields: Vec<(String, String)>,
    /// The files of a multipart body.
    pub files: Vec<ReceivedFile>,
    debug: DebugOnlyData,
}

/// The data that only the `Debug` output of a request needs. The output has the path template and the redacted path
/// parameters instead of the path, because the path may contain personal data.
#[derive(Clone)]
struct DebugOnlyData {
    document: &'static LazyLock<Document>,
    template: Option<&'static str>,
    path_parameters: Vec<(String, String)>,
}

impl ReceivedRequest {
    /// Creates the log entry of a request from its HTTP method, URL and headers. [`record_body`](Self::record_body)
    /// adds the body later.
    pub(crate) fn new(
        api: &'static str,
        key_header: &str,
        document: &'static LazyLock<Document>,
        head: &Parts,
        path: &str,
    ) -> ReceivedRequest {
        let mut headers = head.headers.clone();
        for credential in [key_header, AUTHORIZATION.as_str(), COOKIE.as_str()] {
            headers.remove(credential);
        }
        ReceivedRequest {
            api,
            operation: None,
            method: head.method.to_string(),
            path: path.to_owned(),
            query: parse_query_parameters(head),
            headers,
            status: 0,
            problem: None,
            content_type: body::parse_media_type(&head.headers),
            body_size: 0,
            body: None,
            text_fields: Vec::new(),
            files: Vec::new(),
            debug: DebugOnlyData { document, template: None, path_parameters: Vec::new() },
        }
    }

    /// Records the operation and the path parameters of the request.
    pub(crate) fn record_operation_and_path_parameters(
        &mut self,
        operation: &'static OperationEntry,
        path_parameters: &[(String, String)],
    ) {
        self.operation = Some(operation.id);
        self.debug.template = Some(operation.path);
        self.debug.path_parameters = path_parameters.to_vec();
    }

    /// Records the body of the request.
    pub(crate) fn record_body(&mut self, received: ReceivedBody) {
        self.body_size = received.body_size;
        match received.content {
            BodyContent::Json(text) => self.body = serde_json::from_slice(&text).ok(),
            BodyContent::Multipart(form) => (self.text_fields, self.files) = (form.text_parts, form.files),
            BodyContent::NoBody | BodyContent::Unusable => {}
        }
    }
}

/// Returns the decoded query parameters of a request, in the order in which they were sent.
pub(crate) fn parse_query_parameters(head: &Parts) -> Vec<(String, String)> {
    let query = head.uri.query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let document = self.debug.document;
        let pairs = |pairs: &[(String, String)]| -> Vec<(String, Value)> {
            let value = |(name, text): &(String, String)| {
                (name.clone(), redact_value(document, Some(name), text.as_str().into()))
            };
            pairs.iter().map(value).collect()
        };
        f.debug_struct("ReceivedRequest")
            .field("api", &self.api)
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.debug.template)
            .field("path_parameters", &pairs(&self.debug.path_parameters))
            .field("query", &pairs(&self.query))
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("status", &self.status)
            .field("problem", &self.problem)
            .field("content_type", &self.content_type)
            .field("body_size", &self.body_size)
            .field("body", &self.body.clone().map(|body| redact_body(document, body)))
            .field("text_fields", &pairs(&self.text_fields))
            .field("files", &self.files)
            .finish()
    }
}

/// Redacts a request body: values that may be personal data become `[redacted]`. The names of the properties decide
/// which values are shown, so a body that is not an object is redacted as a whole.
fn redact_body(document: &Document, body: Value) -> Value {
    if body.is_object() { redact_value(document, None, body) } else { "[redacted]".into() }
}

/// Returns a value of a request, with `[redacted]` in place of the values that `Debug` must not show. `name` is the
/// name of the property or parameter that has the value. For a whole body and for an array item, `name` is `None`. The
/// name decides whether the whole value is replaced. Inside an object, the name of each property decides in the same
/// way.
fn redact_value(document: &Document, name: Option<&str>, value: Value) -> Value {
    match value {
        _ if name.is_some_and(|name| !document.are_values_shown_in_debug(name)) => "[redacted]".into(),
        Value::Object(fields) => {
            let shown = fields.into_iter().map(|(key, value)| {
                let value = redact_value(document, Some(&key), value);
                (key, value)
            });
            shown.collect()
        }
        Value::Array(items) => items.into_iter().map(|item| redact_value(document, None, item)).collect(),
        value => value,
    }
}

/// The maximum number of requests in the log. The oldest requests are dropped, so that a sandbox can run for days.
const MAX_LOGGED_REQUESTS: usize = 10_000;

/// The maximum total size, in bytes, of the requests in the log. The latest request stays in the log even if it alone
/// exceeds the limit.
const MAX_LOGGED_BYTES: usize = 64 * 1024 * 1024;

/// The log of the latest requests, oldest first.
#[derive(Default)]
pub(crate) struct RequestLog(Mutex<Requests>);

#[derive(Default)]
struct Requests {
    requests: VecDeque<ReceivedRequest>,
    bytes: usize,
}

impl RequestLog {
    pub(crate) fn add(&self, request: ReceivedRequest) {
        let mut log = self.lock();
        log.bytes += count_logged_bytes(&request);
        log.requests.push_back(request);
        while log.requests.len() > MAX_LOGGED_REQUESTS
            || (log.bytes > MAX_LOGGED_BYTES && log.requests.len() > 1)
        {
            let oldest = log.requests.pop_front();
            log.bytes -= oldest.map_or(0, |request| count_logged_bytes(&request));
        }
    }

    pub(crate) fn requests(&self) -> Vec<ReceivedRequest> {
        self.lock().requests.iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Requests> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the number of bytes that a request contributes to the total limited by [`MAX_LOGGED_BYTES`]. Files do not
/// count, because their contents are not in the log.
fn count_logged_bytes(request: &ReceivedRequest) -> usize {
    let pairs = request.query.iter().chain(&request.text_fields);
    let pairs: usize = pairs.map(|(name, text)| name.len() + text.len()).sum();
    let headers: usize = request.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let body = if request.body.is_some() { request.body_size } else { 0 };
    request.path.len() + pairs + headers + usize::try_from(body).unwrap_or(usize::MAX)
}
