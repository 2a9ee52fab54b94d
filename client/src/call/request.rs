//! From the request that progenitor made to the one that is sent.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderValue;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{Method, Request};

use super::Call;
use crate::Error;
use crate::error::Secrets;
use crate::multipart::Form;
use crate::operation::Security;
use crate::transport::Transport;
use crate::upload::PartError;

/// A body that progenitor does not write.
#[derive(Clone)]
pub(super) enum Body {
    Content(HeaderValue, Bytes),
    Multipart(Form),
}

impl Body {
    pub(super) fn json(text: Vec<u8>) -> Body {
        Body::Content(HeaderValue::from_static("application/json"), text.into())
    }
}

/// What each attempt's request is made of.
pub(super) struct Template {
    /// Nothing once the last attempt has taken it.
    request: Option<Request>,
    form: Option<Form>,
    key: Option<HeaderValue>,
}

impl Template {
    pub(super) fn new(request: Request) -> Template {
        Template { request: Some(request), form: None, key: None }
    }

    /// Adds everything that does not change from attempt to attempt.
    pub(super) fn complete(&mut self, call: &mut Call) -> Result<(), Error> {
        let Some(request) = &mut self.request else { return Ok(()) };
        let Call { operation, transport, options, body, .. } = call;
        self.key = match operation.security {
            Security::None => None,
            Security::Optional => transport.key().cloned(),
            Security::Required => Some(transport.key().cloned().ok_or_else(|| {
                Error::configuration("this operation needs an API key, and the client was built without one")
            })?),
        };
        options.add_headers(request.headers_mut(), transport.key_header())?;
        match body.take() {
            Some(Body::Multipart(form)) if form.is_empty() => {
                return Err(Error::request("the form has no part; set at least one of its parts"));
            }
            Some(Body::Multipart(form)) => self.form = Some(form),
            Some(Body::Content(content_type, text)) => {
                request.headers_mut().insert(CONTENT_TYPE, content_type);
                *request.body_mut() = Some(text.into());
            }
            None => {}
        }
        Ok(())
    }

    /// Adds what is sent as a secret: in the path, which has this template, and under these names.
    pub(super) fn add_secrets(&self, secrets: &mut Secrets, path: &str, names: &[&str]) {
        if let Some(request) = &self.request {
            add_secrets(request, secrets, path, names);
        }
        if let Some(form) = &self.form {
            form.add_secrets(secrets, names);
        }
    }

    /// Whether another request can be made.
    pub(super) fn is_left(&self) -> bool {
        let body = self.request.as_ref().is_some_and(|request| match request.body() {
            Some(body) => body.as_bytes().is_some(),
            None => true,
        });
        body && self.form.as_ref().is_none_or(Form::can_be_made_again)
    }

    /// The request of one attempt, without form and key. A copy, because its error has to be told what was sent; a
    /// stream is there once.
    pub(super) fn request(&mut self) -> Result<Request, Error> {
        let copy = self.request.as_ref().and_then(copy);
        copy.or_else(|| self.request.take()).ok_or_else(|| Error::request("the body cannot be sent twice"))
    }

    /// The form, which is made anew for each attempt.
    pub(super) fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }

    /// Adds the key, after everybody else has seen the request.
    pub(super) fn add_key(&self, transport: &Transport, request: &mut Request) {
        let headers = request.headers_mut();
        match &self.key {
            Some(key) => headers.insert(transport.key_header().clone(), key.clone()),
            None => headers.remove(transport.key_header()),
        };
    }
}

/// Another request like this one, unless its body is a stream.
fn copy(request: &Request) -> Option<Request> {
    if request.body().is_some() {
        return request.try_clone();
    }
    Some(head(request))
}

/// The request without its body. reqwest's own way copies a timeout as well, also where there is none, which costs more
/// than all the rest.
fn head(request: &Request) -> Request {
    let mut copy = Request::new(request.method().clone(), request.url().clone());
    *copy.headers_mut() = request.headers().clone();
    copy
}

/// The request as hooks have left it, as far as it can be copied.
pub(super) fn after_hooks(request: &Request) -> Box<Request> {
    Box::new(copy(request).unwrap_or_else(|| head(request)))
}

/// Adds what a request sends as a secret: in its path, which has this template, and under these names.
pub(super) fn add_secrets(request: &Request, secrets: &mut Secrets, path: &str, names: &[&str]) {
    secrets.headers(request.headers());
    secrets.url(request.url(), path, names);
    if let Some(body) = request.body().and_then(|body| body.as_bytes()) {
        secrets.json(body, names);
    }
}

/// Says of a request without a body how long that is: some gateways refuse a POST that does not.
pub(super) fn announce_empty(request: &mut Request) {
    let is_empty = request.body().is_none_or(HttpBody::is_end_stream);
    if is_empty && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// Adds a form. Its files are opened now.
pub(super) async fn with_form(
    client: reqwest::Client,
    request: Request,
    form: &Form,
) -> Result<Request, Error> {
    let form = form.wire().await.map_err(|(part, error)| part_error(part, error))?;
    let request = reqwest::RequestBuilder::from_parts(client, request).multipart(form);
    let mut request = request.build().map_err(Error::transport)?;
    // A hook may replace the body, and the length of this one must not outlive it.
    let length = request.headers_mut().remove(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    if let Some(length) = length
        && let Some(body) = request.body_mut()
    {
        let inner = std::mem::take(body);
        *body = reqwest::Body::wrap(Measured { inner, length });
    }
    Ok(request)
}

/// A stream of which it is known how long it is.
struct Measured {
    inner: reqwest::Body,
    length: u64,
}

impl HttpBody for Measured {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        Pin::new(&mut self.inner).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

fn part_error(part: &str, error: PartError) -> Error {
    match error {
        PartError::Open(error) => Error::part_source(part, error),
        PartError::Gone => {
            Error::request(format!("the part `{part}` was sent already, and cannot be read again"))
        }
        PartError::ContentType => {
            Error::request(format!("the content type of the part `{part}` is not one like `image/jpeg`"))
        }
    }
}
