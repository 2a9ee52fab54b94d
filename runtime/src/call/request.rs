//! From the request that generated code built to the one that is sent.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{Method, Request, Url};

use super::RequestContext;
use crate::error::Secrets;
use crate::multipart::Form;
use crate::upload::PartError;
use crate::{Error, Upload};

/// A body that is attached to a request after it was built.
#[derive(Clone)]
pub(super) enum Body {
    Content(HeaderValue, Bytes),
    Multipart(Form),
    Upload(Upload),
}

impl Body {
    pub(super) fn json(text: Vec<u8>) -> Body {
        Body::Content(HeaderValue::from_static("application/json"), text.into())
    }
}

/// The parts that the requests of all attempts are made of. The first attempt sends the request that generated code built,
/// without a copy, because most calls have one attempt.
pub(super) struct Template {
    first: Option<Request>,
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Content,
    streamed: Option<Streamed>,
}

/// A body that is opened for each attempt.
#[derive(Clone)]
pub(super) enum Streamed {
    Form(Form),
    Upload(Upload),
}

/// A body that is not a form.
enum Content {
    Bytes(Option<Bytes>),
    /// A stream, which is read while it is sent, and so can be sent only once.
    Stream,
}

/// How many headers a request with a body has. Room for them is reserved at once, because a header map grows step by step.
const HEADERS_WITH_BODY: usize = 7;

impl Template {
    /// Adds to a request everything that is the same in each attempt.
    pub(super) fn new(mut request: Request, context: &mut RequestContext) -> Result<Template, Error> {
        let RequestContext { operation, transport, options, body, .. } = context;
        transport.credentials().check(operation)?;
        options.add_headers(request.headers_mut(), transport.credentials())?;
        // Only forms have plus signs for spaces (RFC 3986, 2.2); a plus sign in a value has been escaped before.
        if let Some(query) = request.url().query().filter(|query| query.contains('+')) {
            let query = query.replace('+', "%20");
            request.url_mut().set_query(Some(&query));
        }
        let mut streamed = None;
        match body.take() {
            Some(Body::Multipart(parts)) if parts.is_empty() => {
                return Err(Error::request("the form has no part; set at least one of its parts"));
            }
            Some(Body::Multipart(parts)) => streamed = Some(Streamed::Form(parts)),
            Some(Body::Upload(upload)) => {
                let content_type = HeaderValue::try_from(upload.content_type()).map_err(|_| {
                    Error::request("the content type of the body is not one like `image/jpeg`")
                })?;
                request.headers_mut().insert(CONTENT_TYPE, content_type);
                streamed = Some(Streamed::Upload(upload));
            }
            Some(Body::Content(content_type, text)) => {
                request.headers_mut().insert(CONTENT_TYPE, content_type);
                *request.body_mut() = Some(text.into());
            }
            None => {}
        }
        let headers = request.headers_mut();
        // Compressed responses are not read. A caller who asks for one with a header has to decompress it with a hook.
        headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let body = shared_content(&mut request);
        if request.body().is_some() {
            request.headers_mut().reserve(HEADERS_WITH_BODY);
        }
        let (method, url) = (request.method().clone(), request.url().clone());
        Ok(Template { first: Some(request), method, url, headers, body, streamed })
    }

    /// Adds the secrets that are sent: path parameters, query parameters and properties with these names, and credentials.
    /// `path` is the template of the path.
    pub(super) fn add_secrets(&self, secrets: &mut Secrets, path: &str, names: &[&str]) {
        secrets.headers(self.headers.iter().map(|(name, value)| (name, value)));
        secrets.url(&self.url, path, names);
        if let Content::Bytes(Some(body)) = &self.body {
            secrets.json(body, names);
        }
        match &self.streamed {
            Some(Streamed::Form(form)) => form.add_secrets(secrets, names),
            Some(Streamed::Upload(upload)) => secrets.value(upload.file_name()),
            None => {}
        }
    }

    /// Whether another attempt can send the same body.
    pub(super) fn is_replayable(&self) -> bool {
        let is_replayable = match &self.streamed {
            Some(Streamed::Form(form)) => form.is_replayable(),
            Some(Streamed::Upload(upload)) => upload.is_replayable(),
            None => true,
        };
        matches!(self.body, Content::Bytes(_)) && is_replayable
    }

    /// The request of the next attempt, without form and key.
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

    /// The body that is opened for each attempt.
    pub(super) fn streamed(&self) -> Option<&Streamed> {
        self.streamed.as_ref()
    }
}

/// Shares the body with its request. reqwest only lends the bytes of a body; to own them without a copy, the body is polled
/// like a connection would do it, and replaced.
fn shared_content(request: &mut Request) -> Content {
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

/// A copy of a request. The body is left out where it is a stream.
pub(super) fn copy_without_stream(request: &Request) -> Box<Request> {
    Box::new(request.try_clone().unwrap_or_else(|| {
        let mut copy = Request::new(request.method().clone(), request.url().clone());
        *copy.headers_mut() = request.headers().clone();
        copy
    }))
}

/// Adds the secrets that a request sends; see [`Template::add_secrets`].
pub(super) fn add_secrets(request: &Request, secrets: &mut Secrets, path: &str, names: &[&str]) {
    secrets.headers(request.headers());
    secrets.url(request.url(), path, names);
    if let Some(body) = request.body().and_then(|body| body.as_bytes()) {
        secrets.json(body, names);
    }
}

/// Sets `content-length: 0` for a request without a body, because some gateways refuse a POST without that header.
pub(super) fn announce_empty(request: &mut Request) {
    let is_empty = request.body().is_none_or(HttpBody::is_end_stream);
    if is_empty && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// Opens the files of a body, and makes them the body of a request.
pub(super) async fn with_streamed(
    client: reqwest::Client,
    mut request: Request,
    streamed: &Streamed,
) -> Result<Request, Error> {
    let form = match streamed {
        Streamed::Form(form) => form,
        Streamed::Upload(upload) => {
            let (body, length) = upload.open().await.map_err(|error| part_error("body", error))?;
            // A body that is in memory says itself how long it is.
            let length = length.filter(|_| body.as_bytes().is_none());
            *request.body_mut() = Some(match length {
                Some(length) => reqwest::Body::wrap(SizedStream { inner: body, length }),
                None => body,
            });
            return Ok(request);
        }
    };
    let form = form.wire().await.map_err(|(part, error)| part_error(part, error))?;
    let request = reqwest::RequestBuilder::from_parts(client, request).multipart(form);
    let mut request = request.build().map_err(Error::transport)?;
    // A hook may replace the body, so the length goes into the body itself and not into a header.
    let length = request.headers_mut().remove(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    if let Some(length) = length
        && let Some(body) = request.body_mut()
    {
        let inner = std::mem::take(body);
        *body = reqwest::Body::wrap(SizedStream { inner, length });
    }
    Ok(request)
}

/// A stream of known length.
struct SizedStream {
    inner: reqwest::Body,
    length: u64,
}

impl HttpBody for SizedStream {
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
        PartError::Consumed => {
            Error::request(format!("the part `{part}` was sent already, and cannot be read again"))
        }
        PartError::ContentType => {
            Error::request(format!("the content type of the part `{part}` is not one like `image/jpeg`"))
        }
    }
}
