//! Reads the bodies of requests as streams. JSON and the texts of forms are kept, of files only names, types and sizes.

use std::fmt;
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
use mime::Mime;

/// The media type of JSON.
pub(crate) const JSON: &str = "application/json";

/// The media type of forms with files.
pub(crate) const MULTIPART: &str = "multipart/form-data";

/// How many bytes a body may have, all parts together.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// How many parts a form may have.
const MAX_PARTS: usize = 100;

/// How much is kept of a body: JSON, or all names, types and texts of a form together. Contents of files are counted.
const MAX_KEPT: usize = 1024 * 1024;

/// How long the body of a refused request is read.
const DISCARD_TIMEOUT: Duration = Duration::from_secs(30);

/// A body that was read to its end. It is read even when the request is refused, because a response that is sent before
/// the body has arrived can get lost.
#[derive(Default)]
pub(crate) struct Received {
    pub(crate) content: Content,
    pub(crate) bytes: u64,
    /// Whether the body exceeds a limit. It was not kept then.
    pub(crate) is_too_large: bool,
}

/// What a body holds.
#[derive(Default)]
pub(crate) enum Content {
    /// There is no body.
    #[default]
    Nothing,
    /// A body that is said to be JSON. It was not parsed yet.
    Json(Bytes),
    /// The parts of a multipart body.
    Form(Form),
    /// A body of a media type that no operation takes, or a multipart body that cannot be parsed.
    Other,
}

/// The parts of a multipart body.
#[derive(Default)]
pub(crate) struct Form {
    /// The texts by the names of their parts.
    pub(crate) texts: Vec<(String, String)>,
    pub(crate) files: Vec<ReceivedFile>,
}

impl Form {
    /// The text of a part.
    pub(crate) fn text(&self, part: &str) -> Option<&str> {
        self.texts.iter().find(|(name, _)| name == part).map(|(_, text)| text.as_str())
    }

    /// The files of these parts.
    pub(crate) fn files<'a>(&'a self, parts: &'a [&str]) -> impl Iterator<Item = &'a ReceivedFile> {
        self.files.iter().filter(|file| parts.contains(&file.part.as_str()))
    }
}

/// A file of a multipart body. Its contents are not kept, and `Debug` does not show its name.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedFile {
    /// The name of the part.
    pub part: String,
    /// The name of the file.
    pub file_name: String,
    /// The content type of the part.
    pub content_type: Option<String>,
    /// How many bytes the file had.
    pub bytes: u64,
}

impl fmt::Debug for ReceivedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedFile")
            .field("part", &self.part)
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

/// The media type of a body, without its parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let media_type: Mime = headers.get(header::CONTENT_TYPE)?.to_str().ok()?.parse().ok()?;
    Some(media_type.essence_str().to_owned())
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
    let content = match media_type(headers).as_deref() {
        Some(MULTIPART) => {
            let request = Request::from_parts(head.clone(), Body::from_stream(body));
            read_form(request, &limits).await.map_or(Content::Other, Content::Form)
        }
        Some(JSON) => Content::Json(read_json(body, &limits).await),
        _ => {
            drain(body).await;
            Content::Other
        }
    };
    let is_too_large = limits.are_exceeded();
    let bytes = limits.bytes.load(Ordering::Relaxed);
    let content = match content {
        _ if is_too_large => Content::Other,
        Content::Other if bytes == 0 => Content::Nothing,
        content => content,
    };
    Received { content, bytes, is_too_large }
}

/// Reads and drops the body of a refused request while the response is sent. Closing a connection that has unread bytes
/// can destroy the response. A client that waits for `100 Continue` sends no body, so nothing is read from it.
pub(crate) fn discard(headers: &HeaderMap, body: Body) {
    if headers.contains_key(header::EXPECT) {
        return;
    }
    let body = Bounded { body: body.into_data_stream(), limits: Arc::default() };
    tokio::spawn(tokio::time::timeout(DISCARD_TIMEOUT, drain(body)));
}

/// Counts what was read of a body, for its limits.
#[derive(Default)]
struct Limits {
    bytes: AtomicU64,
    /// How many bytes have arrived since the parser of a form last returned a part or a piece of one. The parser buffers
    /// them, and has no limit of its own for the head of a part.
    unparsed: AtomicU64,
    kept: AtomicUsize,
    parts: AtomicUsize,
}

impl Limits {
    /// Counts bytes that are to be kept, and returns whether the limit allows it.
    fn keep(&self, length: usize) -> bool {
        self.kept.fetch_add(length, Ordering::Relaxed).saturating_add(length) <= MAX_KEPT
    }

    /// Counts a part, and returns whether the limit allows it.
    fn add_part(&self) -> bool {
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

/// A body that counts its bytes, and ends with an error when a limit is exceeded.
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
            // Beyond the limit, bytes are dropped here so that the parser cannot buffer them.
            if self.limits.is_parsed() {
                return Poll::Ready(next);
            }
        }
    }
}

/// The next chunk of a body; none at its end, or when it was aborted.
async fn next(body: &mut Bounded) -> Option<Bytes> {
    let next = std::future::poll_fn(|context| Pin::new(&mut *body).poll_next(context)).await;
    body.limits.unparsed.store(0, Ordering::Relaxed);
    next?.ok()
}

/// Reads a body to its end and keeps nothing.
async fn drain(mut body: Bounded) {
    while next(&mut body).await.is_some() {}
}

/// Reads a body to its end. A body that was aborted fails to parse later.
async fn read_json(mut body: Bounded, limits: &Limits) -> Bytes {
    let mut kept = BytesMut::new();
    while let Some(chunk) = next(&mut body).await {
        if limits.keep(chunk.len()) {
            kept.extend_from_slice(&chunk);
        }
    }
    kept.freeze()
}

/// Reads the parts of a form. None when the body is not valid multipart.
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
        let is_kept = limits.add_part() & limits.keep(described);
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
