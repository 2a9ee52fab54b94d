//! The context with which generated code builds the request of a call.

use std::fmt::{self, Write};

use bytes::Bytes;
use http::HeaderValue;
use http::header::InvalidHeaderValue;
use reqwest::{Request, Url};
use serde::Serialize;

use super::CallOptions;
use super::attempt::ActiveCall;
use super::parameters::UrlForm;
use super::request::{Body, Template};
use crate::json::{Path, Step};
use crate::multipart::Form;
use crate::object::{Value, find_refused_amount};
use crate::operation::Operation;
use crate::trace::CallTrace;
use crate::transport::Transport;
use crate::{Error, Upload};

/// A request, or why it could not be built.
pub type BuiltRequest = Result<Request, RequestError>;

/// Why a request could not be built. Every error that a generated request can fail with converts into it.
#[derive(Debug)]
pub struct RequestError(Error);

impl From<Error> for RequestError {
    fn from(error: Error) -> RequestError {
        RequestError(error)
    }
}

impl From<reqwest::Error> for RequestError {
    fn from(error: reqwest::Error) -> RequestError {
        RequestError(Error::transport(error))
    }
}

impl From<InvalidHeaderValue> for RequestError {
    fn from(_: InvalidHeaderValue) -> RequestError {
        RequestError(Error::request("a header has a value that cannot be sent"))
    }
}

/// The client and the operation of a call, and what its request needs beyond the one that is built with them.
pub struct RequestContext {
    pub(super) operation: &'static Operation,
    pub(super) transport: Transport,
    pub(super) options: CallOptions,
    /// A body that is attached to the request after it was built.
    pub(super) body: Option<Body>,
    /// The path that errors name, for a call whose operation has no path.
    path: Option<Box<str>>,
    pub(super) trace: CallTrace,
}

impl RequestContext {
    pub(crate) fn new(
        transport: &Transport,
        operation: &'static Operation,
        options: CallOptions,
    ) -> RequestContext {
        let trace = CallTrace::start(transport.api().title, operation, transport.server(operation));
        RequestContext { operation, transport: transport.clone(), options, body: None, path: None, trace }
    }

    /// The URL of a path on the server. The values in the path are already escaped.
    pub fn address(&self, path: fmt::Arguments<'_>) -> Url {
        let mut url = self.transport.server(self.operation).clone();
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

    /// The HTTP client that requests are built with.
    pub fn http(&self) -> &reqwest::Client {
        self.transport.http()
    }

    /// Refuses a value that would change which path is requested: URLs resolve `.` and `..`, and an empty segment names
    /// another resource.
    pub fn check_segment<T: fmt::Display>(&self, name: &str, value: &T) -> Result<(), RequestError> {
        if crate::path::is_segment(value) {
            return Ok(());
        }
        let message = format!("`{name}` cannot be empty, `.` or `..`: it is a part of the path");
        Err(Error::request(message).into())
    }

    /// Refuses a body that has an amount of zero or less where the document has amounts above zero only.
    pub fn check_body(&self, body: &dyn Value) -> Result<(), RequestError> {
        find_refused_amount(body, false).map_or(Ok(()), |path| Err(Error::amount(&path).into()))
    }

    /// Like [`check_body`](Self::check_body), for a parameter, a part of a form, or a body that is no object. `is_amount`
    /// says whether the decimals that are no properties of an object are such amounts.
    pub fn check_amounts(&self, name: &str, is_amount: bool, value: &dyn Value) -> Result<(), RequestError> {
        let found = find_refused_amount(value, is_amount);
        let whole = Path(vec![Step::Key(name.to_owned())]);
        found.map_or(Ok(()), |path| Err(Error::amount(&whole.join(path.0)).into()))
    }

    /// Sets a JSON body.
    pub fn json<T: Serialize>(&mut self, body: &T) -> Result<(), RequestError> {
        let text = serde_json::to_vec(body).map_err(|error| Error::part("body", &error))?;
        self.body = Some(Body::json(text));
        Ok(())
    }

    /// Sets a body of another type that is written as JSON.
    pub fn json_as<T: Serialize>(
        &mut self,
        content_type: &'static str,
        body: &T,
    ) -> Result<(), RequestError> {
        self.json(body)?;
        if let Some(Body::Content(header, _)) = &mut self.body {
            *header = HeaderValue::from_static(content_type);
        }
        Ok(())
    }

    /// Sets an URL-encoded body.
    pub fn url_encoded(&mut self, form: UrlForm) -> Result<(), RequestError> {
        let text = form.body().map_err(Error::request)?;
        self.content(HeaderValue::from_static("application/x-www-form-urlencoded"), text.into());
        Ok(())
    }

    /// Sets a body that is streamed. A range of media types, like `image/*`, leaves the type to the upload.
    pub fn upload(&mut self, content_type: &'static str, body: Upload) {
        let body = if content_type.contains('*') { body } else { body.with_content_type(content_type) };
        self.body = Some(Body::Upload(body));
    }

    /// Sets a body with its content type.
    pub fn content(&mut self, content_type: HeaderValue, body: Bytes) {
        self.body = Some(Body::Content(content_type, body));
    }

    /// Sets a multipart body.
    pub fn multipart(&mut self, form: Form) {
        self.body = Some(Body::Multipart(form));
    }

    /// Sets the path that errors name, for a call whose operation has no path.
    pub(crate) fn set_error_path(&mut self, path: Box<str>) {
        self.path = Some(path);
    }

    /// Makes a call that can be sent.
    ///
    /// # Errors
    ///
    /// When the request could not be built, or cannot be sent.
    pub(crate) fn activate(mut self, request: BuiltRequest) -> Result<Box<ActiveCall>, Error> {
        let template = request.and_then(|request| Ok(Template::new(request, &mut self)?));
        match template {
            Ok(template) => Ok(Box::new(ActiveCall::new(self, template))),
            Err(RequestError(error)) => Err(self.fail(error, 0)),
        }
    }

    /// Completes the error of a call that failed after so many attempts.
    pub(super) fn fail(&self, error: Error, attempts: u32) -> Error {
        let error = self.without_credentials(error).of_call(self.transport.api(), self.operation, attempts);
        let error = error.of_path(self.path.as_deref());
        self.trace.failed(&error);
        error
    }
}
