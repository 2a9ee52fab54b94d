//! One call: what it carries, how it is sent, and what becomes of the response.
//!
//! progenitor's generated client makes the request, and its part ends there, since it would send once and read without
//! a limit. [`Call`] does the rest: it adds what progenitor cannot write, attempts the call as often as that is safe and
//! the time allows, and reads the response up to a limit and out of its envelope.
//!
//! - `options`: what can be set for one call
//! - `prepared`: a call with its arguments, of whatever operation
//! - `request`: from the request that progenitor made to the one that is sent
//! - `secrets`: what is kept out of errors
//! - `attempt`: one attempt
//! - `guard`: whether a connection took any of a body before the call revoked it
//! - `guarded_body`: the body in the hands of the HTTP client, and whether its source failed
//! - `headers`: headers that only the HTTP client sets
//! - `repeat`: attempts, turns and pauses, within the time of the call
//! - `body`: the body of a response
//! - `hooks`: what the client's hooks see
//! - `judge`: whether a response is a success
//! - `answer`: the contents of a success

mod answer;
mod attempt;
mod body;
mod guard;
#[cfg(test)]
mod guard_tests;
mod guarded_body;
mod headers;
mod hooks;
mod judge;
mod options;
pub(crate) mod prepared;
mod repeat;
mod request;
mod secrets;

use std::fmt::{self, Write};
use std::pin::Pin;
use std::sync::atomic;

use bytes::Bytes;
use http::HeaderValue;
use reqwest::{Request, Url};
use serde::Serialize;

use crate::multipart::Form;
use crate::operation::Operation;
use crate::trace::CallTrace;
use crate::transport::Transport;
use crate::{Error, Response};

pub use answer::{FromResponse, SuccessResponse};
use attempt::Sending;
pub use options::CallOptions;
pub use prepared::PreparedCall;
use request::Body;

/// What `.await` on a call waits for.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A request, or why progenitor's client did not make one.
pub type BuiltRequest = Result<Request, progenitor_client::Error<()>>;

/// A call that is being made.
pub struct RequestContext {
    operation: &'static Operation,
    transport: Transport,
    options: CallOptions,
    /// The body, when progenitor does not write it.
    body: Option<Body>,
    /// The path that errors name, when the operation has none.
    path: Option<Box<str>>,
    trace: CallTrace,
}

impl RequestContext {
    pub(crate) fn new(
        transport: &Transport,
        operation: &'static Operation,
        options: CallOptions,
    ) -> RequestContext {
        let trace = CallTrace::start(transport.api().title, operation, transport.server());
        RequestContext { operation, transport: transport.clone(), options, body: None, path: None, trace }
    }

    /// The address of a path on the server. What is in the path is escaped already.
    pub fn address(&self, path: fmt::Arguments<'_>) -> Url {
        let mut url = self.transport.server().clone();
        let before = url.path().trim_end_matches('/');
        match path.as_str() {
            Some(path) if before.is_empty() => url.set_path(path),
            _ => {
                // Long enough for most paths, so that the string does not grow while it is written.
                let mut text = String::with_capacity(128);
                // Writing to a string does not fail.
                let _ = write!(text, "{before}{path}");
                url.set_path(&text);
            }
        }
        url
    }

    /// For progenitor's client of this call.
    pub fn http(&self) -> &reqwest::Client {
        self.transport.http()
    }

    /// Refuses a value that would make the path another one: URLs resolve `.` and `..`, and drop empty ends.
    pub fn check_segment<T: fmt::Display>(&self, name: &str, value: &T) -> Result<(), Error> {
        if crate::path::is_segment(value) {
            return Ok(());
        }
        let message = format!("`{name}` cannot be empty, `.` or `..`: it is a part of the path");
        Err(self.fail(Error::request(message), 0))
    }

    /// Sets a JSON body.
    pub fn json<T: Serialize>(&mut self, body: &T) -> Result<(), Error> {
        let text = serde_json::to_vec(body).map_err(|error| self.fail(Error::part("body", &error), 0))?;
        self.body = Some(Body::json(text));
        Ok(())
    }

    /// Sets a body of another content type.
    pub fn content(&mut self, content_type: HeaderValue, body: Bytes) {
        self.body = Some(Body::Content(content_type, body));
    }

    /// Sets a multipart body.
    pub fn multipart(&mut self, form: Form) {
        self.body = Some(Body::Multipart(form));
    }

    /// Sets the path that errors name, when the operation has none.
    pub(crate) fn named_by(&mut self, path: Box<str>) {
        self.path = Some(path);
    }

    /// Takes what progenitor's client made. From here on there is nothing to do but to wait.
    pub fn ready(self, made: BuiltRequest) -> Result<Ready, Error> {
        match made {
            Ok(request) => Sending::new(self, request).map(Ready),
            Err(why) => Err(self.fail(not_made(why), 0)),
        }
    }

    /// The end of a call that failed after so many attempts.
    pub(crate) fn fail(&self, error: Error, attempts: u32) -> Error {
        let error = self.without_credentials(error).of_call(self.transport.api(), self.operation, attempts);
        let error = error.of_path(self.path.as_deref());
        self.trace.gave_up(&error);
        error
    }
}

impl Sending {
    /// The end of a call that was answered: reads the contents.
    fn read<T>(
        &self,
        answer: SuccessResponse,
        read: impl FnOnce(&SuccessResponse) -> Result<T, Error>,
    ) -> Result<Response<T>, Error> {
        match read(&answer) {
            Ok(body) => {
                let unreadable = answer.unreadable.into_inner().unwrap_or_default();
                self.call.trace.succeeded(answer.status, answer.attempts, unreadable.len());
                Ok(Response::new(body, answer.status, answer.headers).without(unreadable))
            }
            Err(error) => {
                let attempts = answer.attempts;
                let error = error.with_answer(answer.status, answer.headers, answer.body);
                // Everything that was sent is removed from everything that is shown, before any of it is cut.
                Err(self.call.fail(self.without_secrets(error), attempts))
            }
        }
    }
}

/// A call with its request. It is in a box before anything waits for it: a future keeps room for all that it was given.
pub struct Ready(Box<Sending>);

impl Ready {
    /// Sends it, and reads the answer.
    pub async fn send<T>(
        mut self,
        read: impl FnOnce(&SuccessResponse) -> Result<T, Error>,
    ) -> Result<Response<T>, Error> {
        let answer = self.0.run().await?;
        self.0.read(answer, read)
    }
}

/// Why progenitor's client did not make a request.
fn not_made(why: progenitor_client::Error<()>) -> Error {
    match why {
        progenitor_client::Error::CommunicationError(error) => Error::transport(error),
        progenitor_client::Error::InvalidRequest(message) => Error::request(message),
        _ => Error::request("the request cannot be made"),
    }
}
