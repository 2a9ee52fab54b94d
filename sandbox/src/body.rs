//! Bodies of requests, read as streams: JSON is kept, of files only names, types and sizes.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::request::Parts;
use http::{HeaderMap, header};

use crate::log::ReceivedFile;

/// How many bytes a body may have, all parts together.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// How many parts a form may have.
const MAX_PARTS: usize = 100;

/// How much is kept of a body: JSON, or all names, types and texts of a form together. Contents of files are counted.
const MAX_KEPT: usize = 1024 * 1024;

/// How long the body of a refused request is taken.
const PATIENCE: Duration = Duration::from_secs(30);

/// A body that was read to its end, whatever comes of the request: an answer that overtakes a body can get lost.
#[derive(Default)]
pub(crate) struct Received {
    pub(crate) content: Content,
    pub(crate) bytes: u64,
    /// Whether it goes beyond a limit, and so was not kept.
    pub(crate) is_too_large: bool,
}

/// What a body holds.
#[derive(Default)]
pub(crate) enum Content {
    /// JSON, unless it is broken.
    Json(Bytes),
    /// The parts of a multipart body.
    Form(Form),
    /// Nothing, or nothing that any operation takes.
    #[default]
    Other,
}

/// The parts of a multipart body.
#[derive(Default)]
pub(crate) struct Form {
    texts: Vec<(String, String)>,
    pub(crate) files: Vec<ReceivedFile>,
}

impl Form {
    /// The text of a part.
    pub(crate) fn text(&self, part: &str) -> Option<&str> {
        self.texts.iter().find(|(name, _)| name == part).map(|(_, text)| text.as_str())
    }

    /// The files of one part, or of several.
    pub(crate) fn files<'a>(&'a self, parts: &'a [&str]) -> impl Iterator<Item = &'a ReceivedFile> {
        self.files.iter().filter(|file| parts.contains(&file.part.as_str()))
    }
}

/// The content type without its parameters: the boundary of a form is of no interest.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim().to_ascii_lowercase())
}

/// Reads the body of a request.
pub(crate) async fn read(head: &Parts, body: Body) -> Received {
    let headers = &head.headers;
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > MAX_BYTES) {
        discard(headers, body);
        return Received { is_too_large: true, ..Received::default() };
    }
    let limits = Arc::new(Limits::default());
    let body = Bounded { body: body.into_data_stream(), limits: Arc::clone(&limits) };
    let content = match content_type(headers).as_deref() {
        Some("multipart/form-data") => {
            let request = Request::from_parts(head.clone(), Body::from_stream(body));
            read_form(request, &limits).await.map_or(Content::Other, Content::Form)
        }
        Some("application/json") => Content::Json(read_json(body, &limits).await),
        _ => {
            drain(body).await;
            Content::Other
        }
    };
    let is_too_large = limits.are_exceeded();
    let content = if is_too_large { Content::Other } else { content };
    Received { content, bytes: limits.bytes.load(Ordering::Relaxed), is_too_large }
}

/// Takes the body of a request that is refused and drops it, while the response is sent: a connection that is closed
/// over bytes that nobody has read can take the response with it. A sender that waits for `100 Continue` does not get it.
pub(crate) fn discard(headers: &HeaderMap, body: Body) {
    if headers.contains_key(header::EXPECT) {
        return;
    }
    let body = Bounded { body: body.into_data_stream(), limits: Arc::default() };
    tokio::spawn(tokio::time::timeout(PATIENCE, drain(body)));
}

/// How far a body is from its limits.
#[derive(Default)]
struct Limits {
    bytes: AtomicU64,
    /// How many of them came since the parser of a form last found a part or gave a piece of one. The parser holds them,
    /// and knows no limit for the head of a part.
    unparsed: AtomicU64,
    kept: AtomicUsize,
    parts: AtomicUsize,
}

impl Limits {
    /// Whether so many more bytes may be kept.
    fn keep(&self, length: usize) -> bool {
        self.kept.fetch_add(length, Ordering::Relaxed).saturating_add(length) <= MAX_KEPT
    }

    /// Whether one more part may be kept.
    fn part(&self) -> bool {
        self.parts.fetch_add(1, Ordering::Relaxed) < MAX_PARTS
    }

    fn has_room(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) <= MAX_BYTES
    }

    fn is_parsed(&self) -> bool {
        self.unparsed.load(Ordering::Relaxed) <= MAX_KEPT as u64
    }

    fn are_exceeded(&self) -> bool {
        !self.has_room()
            || !self.is_parsed()
            || self.kept.load(Ordering::Relaxed) > MAX_KEPT
            || self.parts.load(Ordering::Relaxed) > MAX_PARTS
    }
}

/// A body that counts what passes, and ends with an error beyond its limits.
struct Bounded {
    body: BodyDataStream,
    limits: Arc<Limits>,
}

impl Stream for Bounded {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let next = ready!(Pin::new(&mut self.body).poll_next(context));
            let Some(Ok(chunk)) = &next else { return Poll::Ready(next) };
            let length = chunk.len() as u64;
            self.limits.bytes.fetch_add(length, Ordering::Relaxed);
            self.limits.unparsed.fetch_add(length, Ordering::Relaxed);
            if !self.limits.has_room() {
                return Poll::Ready(Some(Err(axum::Error::new("the body is too large"))));
            }
            // What the parser makes nothing of is dropped here, so that the parser does not hold it.
            if self.limits.is_parsed() {
                return Poll::Ready(next);
            }
        }
    }
}

/// The next piece of a body, unless it has ended or broken off.
async fn next(body: &mut Bounded) -> Option<Bytes> {
    let next = std::future::poll_fn(|context| Pin::new(&mut *body).poll_next(context)).await;
    body.limits.unparsed.store(0, Ordering::Relaxed);
    next?.ok()
}

/// Reads a body to its end and keeps nothing.
async fn drain(mut body: Bounded) {
    while next(&mut body).await.is_some() {}
}

/// Reads a body to its end. What broke off is no JSON, which is found out later.
async fn read_json(mut body: Bounded, limits: &Limits) -> Bytes {
    let mut kept = BytesMut::new();
    while let Some(chunk) = next(&mut body).await {
        if limits.keep(chunk.len()) {
            kept.extend_from_slice(&chunk);
        }
    }
    kept.freeze()
}

/// None when it is no multipart body after all.
async fn read_form(request: Request, limits: &Limits) -> Option<Form> {
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.ok()? {
        limits.unparsed.store(0, Ordering::Relaxed);
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let content_type = part.content_type().map(str::to_owned);
        let described = name.len()
            + file_name.as_ref().map_or(0, String::len)
            + content_type.as_ref().map_or(0, String::len);
        let is_kept = limits.part() & limits.keep(described);
        match file_name {
            Some(file_name) => {
                let bytes = count(part, limits).await.ok()?;
                if is_kept {
                    form.files.push(ReceivedFile { part: name, file_name, content_type, bytes });
                }
            }
            None => {
                let text = read_text(part, limits).await.ok()?;
                if is_kept {
                    form.texts.push((name, text));
                }
            }
        }
    }
    Some(form)
}

async fn count(mut part: Field<'_>, limits: &Limits) -> Result<u64, MultipartError> {
    let mut bytes = 0;
    while let Some(chunk) = part.chunk().await? {
        limits.unparsed.store(0, Ordering::Relaxed);
        bytes += chunk.len() as u64;
    }
    Ok(bytes)
}

async fn read_text(mut part: Field<'_>, limits: &Limits) -> Result<String, MultipartError> {
    let mut kept = BytesMut::new();
    while let Some(chunk) = part.chunk().await? {
        limits.unparsed.store(0, Ordering::Relaxed);
        if limits.keep(chunk.len()) {
            kept.extend_from_slice(&chunk);
        }
    }
    Ok(String::from_utf8_lossy(&kept).into_owned())
}
