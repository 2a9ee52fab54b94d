//! Reads the bodies of requests as streams. JSON and the text fields of forms are stored. Of uploaded files, only the
//! names, types and sizes are stored.

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
pub(crate) const JSON_MEDIA_TYPE: &str = "application/json";

/// The media type of forms that can upload files.
pub(crate) const MULTIPART_MEDIA_TYPE: &str = "multipart/form-data";

/// The maximum number of bytes of a request body.
const MAX_BODY_BYTES: u64 = 256 * 1024 * 1024;

/// The maximum number of parts of a multipart form.
const MAX_FORM_PARTS: usize = 100;

/// The maximum number of bytes that are stored of one body. A JSON body is stored as a whole. For a form, the text
/// fields and the names and types of all parts are stored, but not the contents of files.
const MAX_STORED_BODY_BYTES: usize = 1024 * 1024;

/// The maximum time for which the body of a refused request is read and dropped.
const BODY_DISCARD_TIMEOUT: Duration = Duration::from_secs(30);

/// A request body that was received, and its stored content. A body that is too large to be stored is still read to its
/// end, because a response that is sent before the whole body has arrived can get lost.
#[derive(Default)]
pub(crate) struct ReceivedBody {
    pub(crate) content: BodyContent,
    /// The size of the body in bytes.
    pub(crate) body_size: u64,
    /// Whether the body exceeds one of the size limits for request bodies. If so, `content` is
    /// [`BodyContent::Unusable`].
    pub(crate) is_too_large: bool,
}

/// The content of a request body. Each media type that the sandbox reads has its own variant.
#[derive(Default)]
pub(crate) enum BodyContent {
    /// The request has no body.
    #[default]
    NoBody,
    /// The unparsed text of a body with the media type `application/json`.
    Json(Bytes),
    /// The parts of a multipart body.
    Multipart(MultipartForm),
    /// A body with a media type that no operation accepts, a multipart body that cannot be parsed, or a body that is
    /// too large.
    Unusable,
}

/// A multipart form: the parts of a multipart body.
#[derive(Default)]
pub(crate) struct MultipartForm {
    /// The form parts that are texts and not files. Each pair contains the name and the text of a part.
    pub(crate) text_parts: Vec<(String, String)>,
    pub(crate) files: Vec<ReceivedFile>,
}

impl MultipartForm {
    /// Returns the text of the first part of the form that has this name and is not a file.
    pub(crate) fn find_part_text(&self, part: &str) -> Option<&str> {
        self.text_parts.iter().find(|(name, _)| name == part).map(|(_, text)| text.as_str())
    }

    /// Returns the files whose part name is one of `parts`.
    pub(crate) fn find_files_by_part_names<'a>(
        &'a self,
        parts: &'a [&str],
    ) -> impl Iterator<Item = &'a ReceivedFile> {
        self.files.iter().filter(|file| parts.contains(&file.part_name.as_str()))
    }
}

/// A file of a multipart body. The contents of the file are not stored, and `Debug` does not show the file name.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedFile {
    /// The name of the form part that contains the file.
    pub part_name: String,
    /// The name of the file.
    pub file_name: String,
    /// The content type of the part.
    pub content_type: Option<String>,
    /// The size of the file in bytes.
    pub size: u64,
}

impl fmt::Debug for ReceivedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedFile")
            .field("part_name", &self.part_name)
            .field("content_type", &self.content_type)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// Returns the media type in the `Content-Type` header, without its parameters; `None` if the header is missing or
/// invalid.
pub(crate) fn parse_media_type(headers: &HeaderMap) -> Option<String> {
    let media_type: Mime = headers.get(header::CONTENT_TYPE)?.to_str().ok()?.parse().ok()?;
    Some(media_type.essence_str().to_owned())
}

/// Reads the body of a request. Its content is dropped if the body exceeds a limit.
pub(crate) async fn read_body(head: &Parts, body: Body) -> ReceivedBody {
    let headers = &head.headers;
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > MAX_BODY_BYTES) {
        discard_body_in_background(headers, body);
        return ReceivedBody { is_too_large: true, ..ReceivedBody::default() };
    }
    let counters = Arc::new(BodyCounters::default());
    let body = CountingBody { body: body.into_data_stream(), counters: Arc::clone(&counters) };
    let content = match parse_media_type(headers).as_deref() {
        Some(MULTIPART_MEDIA_TYPE) => {
            let request = Request::from_parts(head.clone(), Body::from_stream(body));
            read_multipart_form(request, &counters)
                .await
                .map_or(BodyContent::Unusable, BodyContent::Multipart)
        }
        Some(JSON_MEDIA_TYPE) => BodyContent::Json(read_json_body_bytes(body, &counters).await),
        _ => {
            drain_body(body).await;
            BodyContent::Unusable
        }
    };
    let is_too_large = counters.are_exceeded();
    let body_size = counters.byte_count.load(Ordering::Relaxed);
    let content = match content {
        _ if is_too_large => BodyContent::Unusable,
        BodyContent::Unusable if body_size == 0 => BodyContent::NoBody,
        content => content,
    };
    ReceivedBody { content, body_size, is_too_large }
}

/// Reads and drops the body of a refused request in the background, while the response is sent. Closing a connection
/// with unread bytes could destroy the response. Nothing is read from a client that waits for `100 Continue`, because
/// it sends no body.
pub(crate) fn discard_body_in_background(headers: &HeaderMap, body: Body) {
    if headers.contains_key(header::EXPECT) {
        return;
    }
    let body = CountingBody { body: body.into_data_stream(), counters: Arc::default() };
    tokio::spawn(tokio::time::timeout(BODY_DISCARD_TIMEOUT, drain_body(body)));
}

/// Counts the bytes and the parts of one body, to tell whether the body exceeds a limit.
#[derive(Default)]
struct BodyCounters {
    byte_count: AtomicU64,
    /// The number of bytes that have arrived since the multipart parser last returned a part or a chunk of a part. This
    /// number is limited, because the parser buffers these bytes, and has no limit of its own for the headers of a
    /// part.
    unparsed_byte_count: AtomicU64,
    /// The number of bytes of the body that are stored.
    stored_byte_count: AtomicUsize,
    parts: AtomicUsize,
}

impl BodyCounters {
    /// Adds `length` to the number of stored bytes. Returns whether the sum is within the limit. If it is not, the
    /// caller must not store these bytes.
    fn try_add_stored_bytes(&self, length: usize) -> bool {
        self.stored_byte_count.fetch_add(length, Ordering::Relaxed).saturating_add(length)
            <= MAX_STORED_BODY_BYTES
    }

    /// Counts one more part of the form. Returns whether the number of parts is still within the limit.
    fn count_part_within_limit(&self) -> bool {
        self.parts.fetch_add(1, Ordering::Relaxed) < MAX_FORM_PARTS
    }

    fn is_byte_count_within_limit(&self) -> bool {
        self.byte_count.load(Ordering::Relaxed) <= MAX_BODY_BYTES
    }

    /// Whether `unparsed_byte_count` is within its limit. If it is not, the multipart parser must not get more bytes,
    /// because it would buffer them.
    fn is_unparsed_byte_count_within_limit(&self) -> bool {
        self.unparsed_byte_count.load(Ordering::Relaxed) <= MAX_STORED_BODY_BYTES as u64
    }

    fn are_exceeded(&self) -> bool {
        !self.is_byte_count_within_limit()
            || !self.is_unparsed_byte_count_within_limit()
            || self.stored_byte_count.load(Ordering::Relaxed) > MAX_STORED_BODY_BYTES
            || self.parts.load(Ordering::Relaxed) > MAX_FORM_PARTS
    }
}

/// A body stream that counts its bytes in `counters`. The stream ends with an error when the body is too large.
struct CountingBody {
    body: BodyDataStream,
    counters: Arc<BodyCounters>,
}

impl Stream for CountingBody {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let next = ready!(Pin::new(&mut self.body).poll_next(context));
            let Some(Ok(chunk)) = &next else { return Poll::Ready(next) };
            let length = chunk.len() as u64;
            self.counters.byte_count.fetch_add(length, Ordering::Relaxed);
            self.counters.unparsed_byte_count.fetch_add(length, Ordering::Relaxed);
            if !self.counters.is_byte_count_within_limit() {
                return Poll::Ready(Some(Err(axum::Error::new("the body is too large"))));
            }
            // Once the parser has received too many bytes without returning a part, further chunks are dropped, so that
            // the parser cannot buffer them.
            if self.counters.is_unparsed_byte_count_within_limit() {
                return Poll::Ready(next);
            }
        }
    }
}

/// Reads the next chunk of a body. Returns `None` at the end of the body, or if reading fails.
async fn read_next_chunk(body: &mut CountingBody) -> Option<Bytes> {
    let next = std::future::poll_fn(|context| Pin::new(&mut *body).poll_next(context)).await;
    body.counters.unparsed_byte_count.store(0, Ordering::Relaxed);
    next?.ok()
}

/// Reads a body to its end, and drops its bytes.
async fn drain_body(mut body: CountingBody) {
    while read_next_chunk(&mut body).await.is_some() {}
}

/// Reads a JSON body to its end, and returns its bytes unparsed. If the connection breaks off, the bytes are
/// incomplete, so parsing them fails later.
async fn read_json_body_bytes(mut body: CountingBody, counters: &BodyCounters) -> Bytes {
    let mut stored = BytesMut::new();
    while let Some(chunk) = read_next_chunk(&mut body).await {
        if counters.try_add_stored_bytes(chunk.len()) {
            stored.extend_from_slice(&chunk);
        }
    }
    stored.freeze()
}

/// Reads the parts of a multipart form. Returns `None` if the body is not valid multipart.
async fn read_multipart_form(request: Request, counters: &BodyCounters) -> Option<MultipartForm> {
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    let mut form = MultipartForm::default();
    while let Some(part) = parts.next_field().await.ok()? {
        counters.unparsed_byte_count.store(0, Ordering::Relaxed);
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let content_type = part.content_type().map(str::to_owned);
        let described = name.len()
            + file_name.as_ref().map_or(0, String::len)
            + content_type.as_ref().map_or(0, String::len);
        let is_stored = counters.count_part_within_limit() & counters.try_add_stored_bytes(described);
        match file_name {
            Some(file_name) => {
                let size = drain_and_measure_part(part, counters).await.ok()?;
                if is_stored {
                    form.files.push(ReceivedFile { part_name: name, file_name, content_type, size });
                }
            }
            None => {
                let text = read_part_text(part, counters).await.ok()?;
                if is_stored {
                    form.text_parts.push((name, text));
                }
            }
        }
    }
    Some(form)
}

/// Reads a part of a form to its end without storing it, and returns its size in bytes.
async fn drain_and_measure_part(mut part: Field<'_>, counters: &BodyCounters) -> Result<u64, MultipartError> {
    let mut byte_count = 0;
    while let Some(chunk) = part.chunk().await? {
        counters.unparsed_byte_count.store(0, Ordering::Relaxed);
        byte_count += chunk.len() as u64;
    }
    Ok(byte_count)
}

/// Reads a part of a form to its end, and returns its text. Chunks that would exceed the limit of stored bytes are left
/// out of the text.
async fn read_part_text(mut part: Field<'_>, counters: &BodyCounters) -> Result<String, MultipartError> {
    let mut stored = BytesMut::new();
    while let Some(chunk) = part.chunk().await? {
        counters.unparsed_byte_count.store(0, Ordering::Relaxed);
        if counters.try_add_stored_bytes(chunk.len()) {
            stored.extend_from_slice(&chunk);
        }
    }
    Ok(String::from_utf8_lossy(&stored).into_owned())
}
