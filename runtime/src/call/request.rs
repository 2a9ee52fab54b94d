//! Completes the request that generated code built, so that every attempt can send it.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{Method, Request, Url};

use super::RequestContext;
use crate::error::CallSecrets;
use crate::multipart::Form;
use crate::upload::FormPartError;
use crate::{Error, Upload};

/// A request body that generated code sets in the [`RequestContext`]. The request is built without this body, which is
/// added afterwards.
#[derive(Clone)]
pub(super) enum AttachedBody {
    Content(HeaderValue, Bytes),
    Multipart(Form),
    Upload(Upload),
}

impl AttachedBody {
    pub(super) fn from_json(text: Vec<u8>) -> AttachedBody {
        AttachedBody::Content(HeaderValue::from_static("application/json"), text.into())
    }
}

/// The parts that the requests of all attempts have in common. Later attempts send new requests that are built from
/// these parts. The first attempt sends the request that was built for the call (by generated code, or for a raw call
/// by the runtime), because most calls need only one attempt.
pub(super) struct RequestTemplate {
    first: Option<Request>,
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: BuiltBody,
    streamed_body: Option<StreamedBody>,
}

/// A request body that is streamed: a form or an upload. Every attempt of the call opens the files in the body again.
#[derive(Clone)]
pub(super) enum StreamedBody {
    Form(Form),
    Upload(Upload),
}

/// The body of a request that generated code has built. It is kept for further attempts if it can be sent again. Forms
/// and uploads are not stored here, but in a [`StreamedBody`].
enum BuiltBody {
    Bytes(Option<Bytes>),
    /// A stream, which is consumed when it is sent, and so can be sent only once.
    OneTimeStream,
}

/// The number of additional headers for which a request with a body reserves room, so that its header map does not grow
/// step by step.
const ADDITIONAL_HEADER_CAPACITY: usize = 7;

impl RequestTemplate {
    /// Makes the template from which the requests of all attempts of a call are built. `request` is the request that
    /// the generated code has built. The body and everything else that all attempts have in common are added to
    /// `request`, which then is the request of the first attempt.
    pub(super) fn new(mut request: Request, context: &mut RequestContext) -> Result<RequestTemplate, Error> {
        let RequestContext { operation, transport, options, body, .. } = context;
        transport.credentials().check_required_credentials(operation)?;
        options.add_caller_headers(request.headers_mut(), transport.credentials())?;
        // In the query of the built request, a space is written as a plus sign. Only forms allow that (RFC 3986, 2.2),
        // so `%20` replaces it. A plus sign that belongs to a value is already escaped as `%2B`, and stays.
        if let Some(query) = request.url().query().filter(|query| query.contains('+')) {
            let query = query.replace('+', "%20");
            request.url_mut().set_query(Some(&query));
        }
        let mut streamed_body = None;
        match body.take() {
            Some(AttachedBody::Multipart(parts)) if parts.is_empty() => {
                return Err(Error::request("the form has no part; set at least one of its parts"));
            }
            Some(AttachedBody::Multipart(parts)) => streamed_body = Some(StreamedBody::Form(parts)),
            Some(AttachedBody::Upload(upload)) => {
                let content_type = HeaderValue::try_from(upload.content_type()).map_err(|_| {
                    Error::request("the content type of the body is not one like `image/jpeg`")
                })?;
                request.headers_mut().insert(CONTENT_TYPE, content_type);
                streamed_body = Some(StreamedBody::Upload(upload));
            }
            Some(AttachedBody::Content(content_type, text)) => {
                request.headers_mut().insert(CONTENT_TYPE, content_type);
                *request.body_mut() = Some(text.into());
            }
            None => {}
        }
        let headers = request.headers_mut();
        // If the caller did not set the header `Accept-Encoding`, the request asks for an uncompressed response,
        // because the client does not decompress responses. A caller who sets the header has to decompress the body in
        // a hook.
        headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let body = share_body_for_retries(&mut request);
        if request.body().is_some() {
            request.headers_mut().reserve(ADDITIONAL_HEADER_CAPACITY);
        }
        let (method, url) = (request.method().clone(), request.url().clone());
        Ok(RequestTemplate { first: Some(request), method, url, headers, body, streamed_body })
    }

    /// Adds to `secrets` the parts of the request that no error may show. These are the headers with credentials, and
    /// the path parameters, query parameters and body properties with names in `sensitive_names`.
    pub(super) fn collect_secrets(
        &self,
        secrets: &mut CallSecrets,
        path_template: &str,
        sensitive_names: &[&str],
    ) {
        secrets.add_credentials_in_headers(self.headers.iter().map(|(name, value)| (name, value)));
        secrets.add_sensitive_url_parameters(&self.url, path_template, sensitive_names);
        if let BuiltBody::Bytes(Some(body)) = &self.body {
            secrets.add_sensitive_json_properties(body, sensitive_names);
        }
        match &self.streamed_body {
            Some(StreamedBody::Form(form)) => form.collect_secrets(secrets, sensitive_names),
            Some(StreamedBody::Upload(upload)) => secrets.add_sensitive_value(upload.file_name()),
            None => {}
        }
    }

    /// Whether the body can be sent again by another attempt.
    pub(super) fn is_body_replayable(&self) -> bool {
        let is_replayable = match &self.streamed_body {
            Some(StreamedBody::Form(form)) => form.is_replayable(),
            Some(StreamedBody::Upload(upload)) => upload.is_replayable(),
            None => true,
        };
        matches!(self.body, BuiltBody::Bytes(_)) && is_replayable
    }

    /// Returns the request of the next attempt. The caller still has to add the credentials, and the form or upload if
    /// there is one.
    pub(super) fn build_next_request(&mut self) -> Result<Request, Error> {
        if let Some(first) = self.first.take() {
            return Ok(first);
        }
        let BuiltBody::Bytes(body) = &self.body else {
            return Err(Error::request("the body cannot be sent twice"));
        };
        let mut request = Request::new(self.method.clone(), self.url.clone());
        request.headers_mut().extend(self.headers.iter().cloned());
        *request.body_mut() = body.clone().map(reqwest::Body::from);
        Ok(request)
    }

    /// Returns the body of the request if it is streamed (a form or an upload), otherwise `None`.
    pub(super) fn streamed_body(&self) -> Option<&StreamedBody> {
        self.streamed_body.as_ref()
    }
}

/// Returns the body of a request, so that further attempts can send it again. The returned body shares its bytes with
/// the request. The body is polled to get these bytes, because reqwest's other methods return only a reference to them.
fn share_body_for_retries(request: &mut Request) -> BuiltBody {
    let Some(body) = request.body_mut() else { return BuiltBody::Bytes(None) };
    if body.as_bytes().is_none() {
        return BuiltBody::OneTimeStream;
    }
    let poll_result = Pin::new(&mut *body).poll_frame(&mut Context::from_waker(Waker::noop()));
    let bytes = match poll_result {
        Poll::Ready(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
        _ => Bytes::new(),
    };
    *body = bytes.clone().into();
    BuiltBody::Bytes(Some(bytes))
}

/// Copies a request. If its body is a stream, the copy has no body.
pub(super) fn copy_without_streamed_body(request: &Request) -> Box<Request> {
    Box::new(request.try_clone().unwrap_or_else(|| {
        let mut copy = Request::new(request.method().clone(), request.url().clone());
        *copy.headers_mut() = request.headers().clone();
        copy
    }))
}

/// Adds to `secrets` the parts of a single request that must not appear in errors. [`RequestTemplate::collect_secrets`]
/// does this for all requests of a call.
pub(super) fn collect_request_secrets(
    request: &Request,
    secrets: &mut CallSecrets,
    path_template: &str,
    sensitive_names: &[&str],
) {
    secrets.add_credentials_in_headers(request.headers());
    secrets.add_sensitive_url_parameters(request.url(), path_template, sensitive_names);
    if let Some(body) = request.body().and_then(|body| body.as_bytes()) {
        secrets.add_sensitive_json_properties(body, sensitive_names);
    }
}

/// Sets the header `content-length: 0` for a POST, PUT or PATCH whose body is missing or empty. Some gateways refuse
/// such a request without this header.
pub(super) fn set_content_length_of_empty_body(request: &mut Request) {
    let is_empty = request.body().is_none_or(HttpBody::is_end_stream);
    if is_empty && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// Attaches a form or an upload to a request as its body, and opens the files in it.
pub(super) async fn attach_streamed_body(
    client: reqwest::Client,
    mut request: Request,
    streamed_body: &StreamedBody,
) -> Result<Request, Error> {
    let form = match streamed_body {
        StreamedBody::Form(form) => form,
        StreamedBody::Upload(upload) => {
            let (body, length) =
                upload.open_as_body_with_length().await.map_err(|error| part_error("body", error))?;
            // The HTTP client adds the header `Content-Length` only if it knows the length of the body. The length of a
            // stream is unknown to it, so the stream is wrapped in a type that states the length.
            let length = length.filter(|_| body.as_bytes().is_none());
            *request.body_mut() = Some(match length {
                Some(length) => reqwest::Body::wrap(KnownLengthStream { inner: body, length }),
                None => body,
            });
            return Ok(request);
        }
    };
    let form = form.open_files_and_encode_parts().await.map_err(|(part, error)| part_error(part, error))?;
    let request = reqwest::RequestBuilder::from_parts(client, request).multipart(form);
    let mut request = request.build().map_err(Error::from_reqwest_error)?;
    // reqwest has set the header `Content-Length` to the length of the form, which would be wrong if a hook replaces
    // the body. So the header is removed, and the form is wrapped in a type that states its length.
    let length = request.headers_mut().remove(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    if let Some(length) = length
        && let Some(body) = request.body_mut()
    {
        let inner = std::mem::take(body);
        *body = reqwest::Body::wrap(KnownLengthStream { inner, length });
    }
    Ok(request)
}

/// A stream whose length is known.
struct KnownLengthStream {
    inner: reqwest::Body,
    length: u64,
}

impl HttpBody for KnownLengthStream {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        Pin::new(&mut self.inner).poll_frame(context)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

fn part_error(part: &str, error: FormPartError) -> Error {
    match error {
        FormPartError::CannotOpen(error) => Error::unreadable_part(part, error),
        FormPartError::AlreadyConsumed => {
            Error::request(format!("the part `{part}` was sent already, and cannot be read again"))
        }
        FormPartError::InvalidContentType => {
            Error::request(format!("the content type of the part `{part}` is not one like `image/jpeg`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_body_is_announced_where_the_method_usually_has_a_body() {
        let announced = |method: Method, body: Option<&'static str>| {
            let mut request = Request::new(method, Url::parse("https://api.example/orders").unwrap());
            *request.body_mut() = body.map(reqwest::Body::from);
            set_content_length_of_empty_body(&mut request);
            request.headers().get(CONTENT_LENGTH).cloned()
        };
        for method in [Method::POST, Method::PUT, Method::PATCH] {
            for body in [None, Some("")] {
                assert_eq!(announced(method.clone(), body).unwrap(), "0", "{method}");
            }
            assert_eq!(announced(method, Some("1.50")), None);
        }
        for method in [Method::GET, Method::DELETE] {
            assert_eq!(announced(method, None), None);
        }
    }
}
