//! One call: what it carries, how it is sent, and what becomes of the answer.
//!
//! progenitor's generated client makes the request and decodes the answer. In between, its hooks hand the request
//! to [`Inner`], which belongs to this one call: it adds the key and the body that progenitor cannot write, sends,
//! reads the answer up to a limit, takes the envelope off, and remembers what happened, so that the error of a
//! failed call knows it.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::{Api, FailureBody};
use crate::envelope::{self, Opened};
use crate::error::without_values;
use crate::multipart::Form;
use crate::operation::{AnswerKind, Operation, Security};
use crate::transport::Transport;
use crate::upload::PartError;
use crate::{Error, Response};

/// What `.await` on a call waits for.
pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What can be set for one call alone.
#[derive(Clone, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) headers: Vec<(String, String)>,
}

/// The parts of a call that all of them have: options, and that `.await` sends.
macro_rules! call {
    ($call:ident: $operation:expr => $answer:ty) => {
        impl $call {
            /// The operation that is called.
            pub fn operation(&self) -> &'static crate::operation::Operation {
                &$operation
            }

            /// Sets how long this call may take, instead of the client's timeout.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.options.timeout = Some(timeout);
                self
            }

            /// Adds a header to this call.
            pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.options.headers.push((name.into(), value.into()));
                self
            }
        }

        impl IntoFuture for $call {
            type Output = Result<crate::Response<$answer>, crate::Error>;
            type IntoFuture = crate::call::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }

        impl std::fmt::Debug for $call {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($call)).finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use call;

/// A call that is being made.
pub(crate) struct Call {
    inner: Inner,
}

/// What a call's request and answer have to do with each other: shared with progenitor's client.
#[derive(Clone)]
pub(crate) struct Inner(Arc<State>);

struct State {
    operation: &'static Operation,
    transport: Transport,
    options: CallOptions,
    /// The body, when progenitor does not write it.
    body: Mutex<Option<Body>>,
    record: Mutex<Record>,
}

/// What happened so far.
#[derive(Default)]
struct Record {
    attempts: u32,
    answer: Option<Answer>,
    failure: Option<Error>,
}

/// A body that progenitor cannot write.
#[derive(Clone)]
enum Body {
    Json(Bytes),
    Multipart(Form),
}

/// What was answered.
#[derive(Clone)]
pub(crate) struct Answer {
    /// As it was sent.
    status: StatusCode,
    /// The one of the document that it counts as.
    documented: StatusCode,
    headers: HeaderMap,
    /// Without its envelope.
    body: Bytes,
    /// As it was sent.
    raw: Bytes,
    enveloped: bool,
}

/// A success that is read by the runtime instead of progenitor.
pub(crate) trait FromAnswer: Sized {
    fn from_answer(answer: &Answer) -> Result<Self, Error>;
}

impl FromAnswer for String {
    fn from_answer(answer: &Answer) -> Result<Self, Error> {
        answer.text()
    }
}

impl FromAnswer for Bytes {
    fn from_answer(answer: &Answer) -> Result<Self, Error> {
        answer.bytes()
    }
}

impl Call {
    pub(crate) fn new(transport: &Transport, operation: &'static Operation, options: CallOptions) -> Call {
        let state = State {
            operation,
            transport: transport.clone(),
            options,
            body: Mutex::new(None),
            record: Mutex::new(Record::default()),
        };
        Call { inner: Inner(Arc::new(state)) }
    }

    /// For progenitor's client of this call.
    pub(crate) fn base_url(&self) -> String {
        self.inner.0.transport.base_url().to_owned()
    }

    /// For progenitor's client of this call.
    pub(crate) fn http(&self) -> reqwest::Client {
        self.inner.0.transport.http().clone()
    }

    /// For progenitor's client of this call.
    pub(crate) fn inner(&self) -> Inner {
        self.inner.clone()
    }

    /// Refuses a value that would make the path another one: URLs resolve `.` and `..`, and drop empty ends.
    pub(crate) fn check_segment<T: fmt::Display>(&self, name: &str, value: &T) -> Result<(), Error> {
        if !crate::path::is_segment(&value.to_string()) {
            let error =
                Error::request(format!("`{name}` cannot be empty, `.` or `..`: it is a part of the path"));
            return Err(self.inner.0.in_this_call(error));
        }
        Ok(())
    }

    /// Sets a JSON body.
    pub(crate) fn json<T: Serialize>(&mut self, body: &T) -> Result<(), Error> {
        let text = serde_json::to_vec(body)
            .map_err(|error| self.inner.0.in_this_call(Error::part("body", &error)))?;
        *lock(&self.inner.0.body) = Some(Body::Json(text.into()));
        Ok(())
    }

    /// Sets a multipart body.
    pub(crate) fn multipart(&mut self, form: Form) {
        *lock(&self.inner.0.body) = Some(Body::Multipart(form));
    }

    /// What the call answers, given what progenitor made of it.
    pub(crate) fn finish<T>(
        self,
        result: Result<progenitor_client::ResponseValue<T>, progenitor_client::Error<()>>,
    ) -> Result<Response<T>, Error> {
        let (answer, value) = self.conclude(result)?;
        Ok(Response::new(value.into_inner(), answer.status, answer.headers))
    }

    /// What the call answers, when progenitor only carried it.
    pub(crate) fn finish_raw<T: FromAnswer>(
        self,
        result: Result<(), progenitor_client::Error<()>>,
    ) -> Result<Response<T>, Error> {
        let state = Arc::clone(&self.inner.0);
        let (answer, ()) = self.conclude(result)?;
        let body = T::from_answer(&answer).map_err(|error| {
            state.in_this_call(error.with_answer(answer.status, answer.headers.clone(), answer.raw.clone()))
        })?;
        Ok(Response::new(body, answer.status, answer.headers))
    }

    fn conclude<T>(self, result: Result<T, progenitor_client::Error<()>>) -> Result<(Answer, T), Error> {
        let state = &self.inner.0;
        let (answer, failure) = {
            let mut record = lock(&state.record);
            (record.answer.take(), record.failure.take())
        };
        if let Some(failure) = failure {
            return Err(state.in_this_call(failure));
        }
        match (result, answer) {
            (Ok(value), Some(answer)) => Ok((answer, value)),
            (Ok(_), None) => Err(state.in_this_call(Error::decode("the answer was lost"))),
            (Err(error), answer) => {
                let error = not_sent_or_not_read(error, answer.as_ref());
                let error = match answer {
                    Some(answer) => error.with_answer(answer.status, answer.headers, answer.raw),
                    None => error,
                };
                Err(state.in_this_call(error))
            }
        }
    }
}

/// What progenitor's own errors mean, once what was sent and answered has been ruled out.
fn not_sent_or_not_read(error: progenitor_client::Error<()>, answer: Option<&Answer>) -> Error {
    match error {
        progenitor_client::Error::InvalidResponsePayload(body, error) => {
            misfit(&body, &error, answer.is_some_and(|answer| answer.enveloped))
        }
        progenitor_client::Error::CommunicationError(error)
        | progenitor_client::Error::ResponseBodyError(error)
        | progenitor_client::Error::InvalidUpgrade(error) => Error::transport(error),
        progenitor_client::Error::InvalidRequest(message) | progenitor_client::Error::Custom(message) => {
            Error::request(message)
        }
        progenitor_client::Error::ErrorResponse(_) | progenitor_client::Error::UnexpectedResponse(_) => {
            Error::decode("the answer has a status that the document does not have")
        }
    }
}

/// The error of a body that is not what the document says.
fn misfit(body: &Bytes, error: &serde_json::Error, enveloped: bool) -> Error {
    if body.is_empty() {
        return Error::decode("the answer is empty; a body was expected");
    }
    let what = if enveloped { "what the answer wraps" } else { "the answer" };
    Error::decode(format!("{what} does not fit the document: {}", without_values(error)))
}

/// A panic while a lock was held is a panic of the same call, and whoever sees it next is no worse off.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner").field("operation", &self.0.operation.id).finish_non_exhaustive()
    }
}

impl State {
    fn in_this_call(&self, error: Error) -> Error {
        let attempts = lock(&self.record).attempts;
        error.of_call(self.transport.api(), self.operation, attempts)
    }
}

impl Inner {
    /// Changes the request that progenitor made: its own header goes, key, headers and timeout come.
    pub(crate) fn prepare(&self, request: &mut reqwest::Request) {
        let State { operation, transport, options, .. } = &*self.0;
        request.headers_mut().remove("api-version");
        let key = match operation.security {
            Security::None => None,
            Security::Optional | Security::Required => transport.key(),
        };
        if let Some(key) = key {
            request.headers_mut().insert(transport.key_header().clone(), key.clone());
        }
        *request.timeout_mut() = Some(options.timeout.unwrap_or(transport.timeout()));
    }

    /// Sends the request and reads the answer. What failed is recorded; progenitor gets something that leads it to
    /// the end of the call.
    pub(crate) async fn execute(
        &self,
        client: &reqwest::Client,
        request: reqwest::Request,
    ) -> reqwest::Result<reqwest::Response> {
        match self.attempt(client, request).await {
            Ok(answer) => {
                let response = stand_in(answer.documented, answer.body.clone());
                lock(&self.0.record).answer = Some(answer);
                Ok(response)
            }
            Err(error) => {
                let status = error.status().filter(|status| !status.is_success());
                lock(&self.0.record).failure = Some(error);
                Ok(stand_in(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), Bytes::new()))
            }
        }
    }

    /// The status that progenitor's client knows: another 2xx is as good as the documented one.
    fn core_status(&self, status: StatusCode) -> StatusCode {
        let documented = self.0.operation.success;
        if documented.contains(&status.as_u16()) {
            return status;
        }
        documented.first().and_then(|code| StatusCode::from_u16(*code).ok()).unwrap_or(status)
    }

    async fn attempt(&self, client: &reqwest::Client, request: reqwest::Request) -> Result<Answer, Error> {
        let State { operation, transport, .. } = &*self.0;
        if operation.security == Security::Required && transport.key().is_none() {
            return Err(Error::configuration(
                "this operation needs an API key, and the client was built without one",
            ));
        }
        let request = self.with_headers(request)?;
        let request = self.with_body(client, request).await?;
        lock(&self.0.record).attempts += 1;
        let response = client.execute(request).await.map_err(Error::transport)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let raw = match read(response, transport.max_body()).await {
            Ok(raw) => raw,
            Err(error) => return Err(error.with_answer(status, headers, Bytes::new())),
        };
        match self.judge(status, &headers, raw.clone()) {
            Ok(body) => {
                let documented = self.core_status(status);
                Ok(Answer { status, documented, headers, body, raw, enveloped: operation.enveloped })
            }
            Err(error) => Err(error.with_answer(status, headers, raw)),
        }
    }

    fn with_headers(&self, mut request: reqwest::Request) -> Result<reqwest::Request, Error> {
        for (name, value) in &self.0.options.headers {
            let header = HeaderName::try_from(name.as_str())
                .map_err(|_| Error::request(format!("`{name}` is not the name of a header")))?;
            if header == *self.0.transport.key_header() {
                return Err(Error::request(format!(
                    "`{name}` carries the API key; set it when building the client"
                )));
            }
            let value = HeaderValue::try_from(value.as_str()).map_err(|_| {
                Error::request(format!("the header `{name}` has a value that cannot be sent"))
            })?;
            request.headers_mut().insert(header, value);
        }
        Ok(request)
    }

    async fn with_body(
        &self,
        client: &reqwest::Client,
        mut request: reqwest::Request,
    ) -> Result<reqwest::Request, Error> {
        let body = lock(&self.0.body).clone();
        match body {
            None => {
                // Some gateways refuse a POST that does not say how long its body is, even when it has none.
                if request.body().is_none() && matches!(request.method().as_str(), "POST" | "PUT" | "PATCH") {
                    request.headers_mut().insert(http::header::CONTENT_LENGTH, HeaderValue::from_static("0"));
                }
                Ok(request)
            }
            Some(Body::Multipart(form)) if form.is_empty() => {
                Err(Error::request("the form has no part; set at least one of its parts"))
            }
            Some(Body::Json(text)) => {
                let json = HeaderValue::from_static("application/json");
                request.headers_mut().insert(http::header::CONTENT_TYPE, json);
                *request.body_mut() = Some(text.into());
                Ok(request)
            }
            Some(Body::Multipart(form)) => {
                let form = form.wire().await.map_err(|(part, error)| part_error(part, error))?;
                reqwest::RequestBuilder::from_parts(client.clone(), request)
                    .multipart(form)
                    .build()
                    .map_err(Error::transport)
            }
        }
    }

    /// The body of a success without its envelope, or the failure that the answer is.
    fn judge(&self, status: StatusCode, headers: &HeaderMap, body: Bytes) -> Result<Bytes, Error> {
        let State { transport, operation, .. } = &*self.0;
        let api = transport.api();
        if !status.is_success() {
            return Err(failure(api, status, headers, &body));
        }
        if operation.enveloped
            && let Some(envelope) = api.envelope
        {
            return match envelope::open(envelope, &body) {
                Opened::Success(Some(data)) => Ok(data),
                Opened::Success(None) => match operation.answer {
                    AnswerKind::Empty => Ok(Bytes::new()),
                    AnswerKind::Any => Ok(Bytes::from_static(b"null")),
                    _ => Err(Error::decode(format!("the answer has no `{}`", envelope.data))),
                },
                Opened::Failure => Err(failure(api, status, headers, &body)),
                Opened::Broken(_) if body.is_empty() => {
                    Err(Error::decode("the answer is empty; a body was expected"))
                }
                Opened::Broken(why) => Err(Error::decode(why)),
            };
        }
        // Where no answer is documented, a refusal may come all the same, and must not count as done.
        if operation.answer == AnswerKind::Empty
            && let Some(envelope) = api.envelope
            && matches!(envelope::open(envelope, &body), Opened::Failure)
        {
            return Err(failure(api, status, headers, &body));
        }
        match operation.answer {
            AnswerKind::Any if body.iter().all(u8::is_ascii_whitespace) => Ok(Bytes::from_static(b"null")),
            _ => Ok(body),
        }
    }
}

/// Reads a body up to a limit.
async fn read(mut response: reqwest::Response, limit: usize) -> Result<Bytes, Error> {
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Error::too_large(limit));
    }
    let mut body = BytesMut::with_capacity(announced.unwrap_or_default());
    while let Some(chunk) = response.chunk().await.map_err(Error::transport)? {
        if body.len() + chunk.len() > limit {
            return Err(Error::too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// How much of a plain text answer becomes the message.
const MAX_MESSAGE: usize = 200;

/// The failure that an answer tells of, whatever its shape.
fn failure(api: &Api, status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Error {
    let json = serde_json::from_slice::<serde_json::Value>(body).ok();
    let mut failure = (api.failure)(&FailureBody { status: status.as_u16(), json: json.as_ref() });
    let content_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if failure.message.is_none()
        && json.is_none()
        && content_type.is_some_and(|content_type| content_type.starts_with("text/plain"))
        && let Ok(text) = std::str::from_utf8(body)
        && !text.trim().is_empty()
    {
        failure.message = Some(text.trim().chars().take(MAX_MESSAGE).collect());
    }
    Error::answered(failure)
}

fn part_error(part: &str, error: PartError) -> Error {
    match error {
        PartError::Open(error) => Error::request(format!("the part `{part}` cannot be read: {error}")),
        PartError::ContentType(text) => {
            Error::request(format!("the part `{part}` has the content type `{text}`, which is none"))
        }
    }
}

/// The response that progenitor's client gets.
fn stand_in(status: StatusCode, body: Bytes) -> reqwest::Response {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    response.into()
}

impl Answer {
    /// The status of the document that the answer's counts as.
    pub(crate) fn documented_status(&self) -> u16 {
        self.documented.as_u16()
    }

    #[allow(dead_code, reason = "used by generated code when a document has such an answer")]
    pub(crate) fn empty(&self) -> Result<(), Error> {
        Ok(())
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| misfit(&self.body, &error, self.enveloped))
    }

    pub(crate) fn any(&self) -> Result<serde_json::Value, Error> {
        if self.body.iter().all(u8::is_ascii_whitespace) { Ok(serde_json::Value::Null) } else { self.json() }
    }

    pub(crate) fn text(&self) -> Result<String, Error> {
        String::from_utf8(self.body.to_vec()).map_err(|_| Error::decode("the answer is not UTF-8 text"))
    }

    pub(crate) fn bytes(&self) -> Result<Bytes, Error> {
        Ok(self.body.clone())
    }

    pub(crate) fn unexpected_status<T>(&self) -> Result<T, Error> {
        Err(Error::decode("the answer has a status that the document does not have"))
    }
}
