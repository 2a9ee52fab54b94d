//! The context with which generated code builds the request of a call.

use std::fmt::{self, Write};

use bytes::Bytes;
use http::HeaderValue;
use http::header::InvalidHeaderValue;
use reqwest::{Request, Url};
use serde::Serialize;

use super::CallOptions;
use super::attempt::ActiveCall;
use super::parameters::UrlEncodedForm;
use super::request::{AttachedBody, RequestTemplate};
use crate::json::{JsonPath, PathStep};
use crate::multipart::Form;
use crate::object::{Value, find_non_positive_amount_path};
use crate::operation::OperationEntry;
use crate::trace::CallTrace;
use crate::transport::Transport;
use crate::{Error, Upload};

/// The request of a call, or the error because of which the request could not be built.
pub type RequestBuildResult = Result<Request, RequestBuildError>;

/// The error because of which a request could not be built. Generated request functions convert their errors into this
/// type with `?`.
#[derive(Debug)]
pub struct RequestBuildError(Error);

impl From<Error> for RequestBuildError {
    fn from(error: Error) -> RequestBuildError {
        RequestBuildError(error)
    }
}

impl From<reqwest::Error> for RequestBuildError {
    fn from(error: reqwest::Error) -> RequestBuildError {
        RequestBuildError(Error::from_reqwest_error(error))
    }
}

impl From<InvalidHeaderValue> for RequestBuildError {
    fn from(_: InvalidHeaderValue) -> RequestBuildError {
        RequestBuildError(Error::request("a header has a value that cannot be sent"))
    }
}

/// The context in which generated code builds the request of a call. It contains the client, the operation and the
/// options. Generated code also stores the request body in the context, and the runtime adds the body to the request
/// later.
pub struct RequestContext {
    pub(super) operation: &'static OperationEntry,
    pub(super) transport: Transport,
    pub(super) options: CallOptions,
    /// The body that generated code has set, if any. It is attached after the rest of the request is built.
    pub(super) body: Option<AttachedBody>,
    /// The path that errors show for a raw call, which is a call without a generated operation. `None` for other calls:
    /// their errors show the path template of the operation.
    raw_call_path: Option<Box<str>>,
    pub(super) trace: CallTrace,
}

impl RequestContext {
    pub(crate) fn new(
        transport: &Transport,
        operation: &'static OperationEntry,
        options: CallOptions,
    ) -> RequestContext {
        let trace = CallTrace::open_span(transport.api().title, operation, transport.server_url(operation));
        RequestContext {
            operation,
            transport: transport.clone(),
            options,
            body: None,
            raw_call_path: None,
            trace,
        }
    }

    /// Returns the URL of `path` on the operation's server. Values in the path must already be escaped.
    pub fn build_url(&self, path: fmt::Arguments<'_>) -> Url {
        let mut url = self.transport.server_url(self.operation).clone();
        let before = url.path().trim_end_matches('/');
        match path.as_str() {
            Some(path) if before.is_empty() => url.set_path(path),
            _ => {
                // Most paths fit into this capacity, so the string rarely has to grow.
                let mut full_path = String::with_capacity(128);
                // The result is ignored, because writing to a `String` cannot fail.
                let _ = write!(full_path, "{before}{path}");
                url.set_path(&full_path);
            }
        }
        url
    }

    /// Returns the HTTP client with which generated code builds requests.
    pub fn http_client(&self) -> &reqwest::Client {
        self.transport.http_client()
    }

    /// Checks that the value of a path parameter is a valid path segment. An empty value, `.` and `..` are refused,
    /// because they would make the URL lead to another path.
    pub fn check_path_segment<T: fmt::Display>(
        &self,
        name: &str,
        value: &T,
    ) -> Result<(), RequestBuildError> {
        if crate::path::is_valid_path_segment(value) {
            return Ok(());
        }
        let message = format!("`{name}` cannot be empty, `.` or `..`: it is a part of the path");
        Err(Error::request(message).into())
    }

    /// Checks that the amounts in a body are above zero, where the OpenAPI document requires it.
    pub fn check_body_amounts(&self, body: &dyn Value) -> Result<(), RequestBuildError> {
        find_non_positive_amount_path(body, false)
            .map_or(Ok(()), |path| Err(Error::amount_not_above_zero(&path).into()))
    }

    /// Checks that the amounts in `value` are above zero. The value is a parameter, a form part, or a body that is not
    /// an object. If `is_amount` is true, all decimals in `value` that are not inside an object are amounts. For a
    /// decimal inside an object, the type of the object says whether the decimal is an amount.
    pub fn check_amounts(
        &self,
        name: &str,
        is_amount: bool,
        value: &dyn Value,
    ) -> Result<(), RequestBuildError> {
        let found = find_non_positive_amount_path(value, is_amount);
        let whole = JsonPath(vec![PathStep::Property(name.to_owned())]);
        found.map_or(Ok(()), |path| Err(Error::amount_not_above_zero(&whole.join(path.0)).into()))
    }

    /// Sets a request body that is serialized as JSON.
    pub fn set_json_body<T: Serialize>(&mut self, body: &T) -> Result<(), RequestBuildError> {
        let text = serde_json::to_vec(body).map_err(|error| Error::part("body", &error))?;
        self.body = Some(AttachedBody::from_json(text));
        Ok(())
    }

    /// Sets a request body that is serialized as JSON, and is sent with `content_type` instead of `application/json`.
    pub fn set_json_body_with_content_type<T: Serialize>(
        &mut self,
        content_type: &'static str,
        body: &T,
    ) -> Result<(), RequestBuildError> {
        self.set_json_body(body)?;
        if let Some(AttachedBody::Content(header, _)) = &mut self.body {
            *header = HeaderValue::from_static(content_type);
        }
        Ok(())
    }

    /// Sets a URL-encoded request body.
    pub fn set_url_encoded_body(&mut self, form: UrlEncodedForm) -> Result<(), RequestBuildError> {
        let text = form.into_body_text().map_err(Error::request)?;
        self.set_body(HeaderValue::from_static("application/x-www-form-urlencoded"), text.into());
        Ok(())
    }

    /// Sets an upload as the request body. It is sent with `content_type`, or with the upload's own content type if
    /// `content_type` is a range like `image/*`.
    pub fn set_upload_body(&mut self, content_type: &'static str, body: Upload) {
        let body = if content_type.contains('*') { body } else { body.with_content_type(content_type) };
        self.body = Some(AttachedBody::Upload(body));
    }

    /// Sets a request body with its content type.
    pub fn set_body(&mut self, content_type: HeaderValue, body: Bytes) {
        self.body = Some(AttachedBody::Content(content_type, body));
    }

    /// Sets a multipart request body.
    pub fn set_multipart_body(&mut self, form: Form) {
        self.body = Some(AttachedBody::Multipart(form));
    }

    /// Sets the path that the errors of a raw call show. The errors of other calls show the path template of the
    /// operation, but a raw call has no generated operation.
    pub(crate) fn set_raw_call_path(&mut self, path: Box<str>) {
        self.raw_call_path = Some(path);
    }

    /// Combines this context and the built request into a call that is ready to be sent.
    ///
    /// # Errors
    ///
    /// When the request could not be built, or when it cannot be sent, for example because a credential is missing.
    pub(crate) fn into_active_call(mut self, request: RequestBuildResult) -> Result<Box<ActiveCall>, Error> {
        let template = request.and_then(|request| Ok(RequestTemplate::new(request, &mut self)?));
        match template {
            Ok(template) => Ok(Box::new(ActiveCall::new(self, template))),
            Err(RequestBuildError(error)) => Err(self.complete_error(error, 0)),
        }
    }

    /// Completes the error of a failed call: adds the operation and the number of attempts, removes credentials from
    /// the text, and records the error in the tracing span of the call.
    pub(super) fn complete_error(&self, error: Error, attempts: u32) -> Error {
        let error = self.redact_credentials(error).with_operation_and_attempts(
            self.transport.api(),
            self.operation,
            attempts,
        );
        let error = error.with_redacted_raw_call_path(self.raw_call_path.as_deref());
        self.trace.record_call_failure(&error);
        error
    }
}

#[cfg(test)]
#[path = "context_tests.rs"]
mod tests;
