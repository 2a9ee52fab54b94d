//! From the request that progenitor made to the one that is sent.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{Method, Request, Url};

use super::RequestContext;
use crate::Error;
use crate::error::Secrets;
use crate::multipart::Form;
use crate::operation::Security;
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

/// What each attempt's request is made of. The first attempt takes the request that progenitor made, since a copy of it
/// would cost more than all that is done with it here; of later ones there are few.
pub(super) struct Template {
    first: Option<Request>,
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Content,
    form: Option<Form>,
}

/// A body, apart from forms.
enum Content {
    Bytes(Option<Bytes>),
    /// It is read while it is sent, and so can be sent once.
    Stream,
}

/// How many headers a request has: those that are common to all of them, and those that belong to a body. A map makes
/// itself larger when it has six.
const MANY_HEADERS: usize = 7;

impl Template {
    /// Adds to a request everything that does not change from attempt to attempt.
    pub(super) fn new(mut request: Request, call: &mut RequestContext) -> Result<Template, Error> {
        let RequestContext { operation, transport, options, body, .. } = call;
        if operation.security == Security::Required && transport.key().is_none() {
            let message = "this operation needs an API key, and the client was built without one";
            return Err(Error::configuration(message));
        }
        options.add_headers(request.headers_mut(), transport.key_header())?;
        let mut form = None;
        match body.take() {
            Some(Body::Multipart(parts)) if parts.is_empty() => {
                return Err(Error::request("the form has no part; set at least one of its parts"));
            }
            Some(Body::Multipart(parts)) => form = Some(parts),
            Some(Body::Content(content_type, text)) => {
                request.headers_mut().insert(CONTENT_TYPE, content_type);
                *request.body_mut() = Some(text.into());
            }
            None => {}
        }
        let headers = request.headers_mut();
        // What is compressed is not read. Whoever asks for it nevertheless, with a header or a hook, decompresses it.
        headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let body = content(&mut request);
        if request.body().is_some() {
            request.headers_mut().reserve(MANY_HEADERS);
        }
        let (method, url) = (request.method().clone(), request.url().clone());
        Ok(Template { first: Some(request), method, url, headers, body, form })
    }

    /// Adds what is sent as a secret: in the path, which has this template, and under these names.
    pub(super) fn add_secrets(&self, secrets: &mut Secrets, path: &str, names: &[&str]) {
        secrets.headers(self.headers.iter().map(|(name, value)| (name, value)));
        secrets.url(&self.url, path, names);
        if let Content::Bytes(Some(body)) = &self.body {
            secrets.json(body, names);
        }
        if let Some(form) = &self.form {
            form.add_secrets(secrets, names);
        }
    }

    /// Whether another request can be made.
    pub(super) fn is_left(&self) -> bool {
        matches!(self.body, Content::Bytes(_)) && self.form.as_ref().is_none_or(Form::can_be_made_again)
    }

    /// The request of one attempt, without form and key.
    pub(super) fn request(&mut self) -> Result<Request, Error> {
        if let Some(first) = self.first.take() {
            return Ok(first);
        }
        let Content::Bytes(body) = &self.body else {
            return Err(Error::request("the body cannot be sent twice"));
        };
        let mut request = Request::new(self.method.clone(), self.url.clone());
        request.headers_mut().extend(self.headers.iter().cloned());
        *request.body_mut() = body.clone().map(reqwest::Body::from);
        Ok(request)
    }

    /// The form, which is made anew for each attempt.
    pub(super) fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }
}

/// Adds the key, after everybody else has seen the request.
pub(super) fn add_key(call: &RequestContext, request: &mut Request) {
    let transport = &call.transport;
    let headers = request.headers_mut();
    match transport.key() {
        Some(key) if call.operation.security != Security::None => {
            headers.insert(transport.key_header().clone(), key.clone())
        }
        _ => headers.remove(transport.key_header()),
    };
}

/// The body of a request, shared with it. reqwest lends the bytes of a body, but gives them away only where it is polled.
fn content(request: &mut Request) -> Content {
    let Some(body) = request.body_mut() else { return Content::Bytes(None) };
    if body.as_bytes().is_none() {
        return Content::Stream;
    }
    let polled = Pin::new(&mut *body).poll_frame(&mut Context::from_waker(Waker::noop()));
    let bytes = match polled {
        Poll::Ready(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
        _ => Bytes::new(),
    };
    *body = bytes.clone().into();
    Content::Bytes(Some(bytes))
}

/// The request as hooks have left it, as far as it can be copied.
pub(super) fn after_hooks(request: &Request) -> Box<Request> {
    Box::new(request.try_clone().unwrap_or_else(|| {
        let mut copy = Request::new(request.method().clone(), request.url().clone());
        *copy.headers_mut() = request.headers().clone();
        copy
    }))
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
