//! Bodies of requests, read as streams: JSON is kept, of files only names, types and sizes.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, BodyDataStream};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{HeaderMap, header};

use crate::log::ReceivedFile;

/// How many bytes of JSON, or of a text in a form, are kept. More is counted and dropped.
const KEPT: usize = 1024 * 1024;

/// A body that was read to its end, whatever comes of the request: an answer that overtakes a body can get lost.
pub(crate) struct Received {
    pub(crate) content: Content,
    pub(crate) bytes: u64,
}

/// What a body holds.
pub(crate) enum Content {
    /// JSON, unless it is broken.
    Json(Bytes),
    /// The parts of a multipart body.
    Form(Form),
    /// Nothing, or nothing that any operation takes.
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
pub(crate) async fn read(request: Request) -> Received {
    let (head, body) = request.into_parts();
    let bytes = Arc::new(AtomicU64::new(0));
    let counted = Counted { body: body.into_data_stream(), bytes: Arc::clone(&bytes) };
    let content = match content_type(&head.headers).as_deref() {
        Some("multipart/form-data") => {
            let request = Request::from_parts(head, Body::from_stream(counted));
            read_form(request).await.map_or(Content::Other, Content::Form)
        }
        Some("application/json") => Content::Json(read_bytes(counted).await),
        _ => {
            read_bytes(counted).await;
            Content::Other
        }
    };
    Received { content, bytes: bytes.load(Ordering::Relaxed) }
}

/// Counts what passes.
struct Counted {
    body: BodyDataStream,
    bytes: Arc<AtomicU64>,
}

impl Stream for Counted {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.body).poll_next(context);
        if let Poll::Ready(Some(Ok(chunk))) = &next {
            self.bytes.fetch_add(chunk.len() as u64, Ordering::Relaxed);
        }
        next
    }
}

/// Reads a stream to its end. What broke off is no JSON, which is found out later.
async fn read_bytes(mut stream: Counted) -> Bytes {
    let mut kept = BytesMut::new();
    while let Some(Ok(chunk)) = std::future::poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await
    {
        keep(&mut kept, &chunk);
    }
    kept.freeze()
}

fn keep(kept: &mut BytesMut, chunk: &[u8]) {
    let room = KEPT.saturating_sub(kept.len());
    kept.extend_from_slice(chunk.get(..room).unwrap_or(chunk));
}

/// None when it is no multipart body after all.
async fn read_form(request: Request) -> Option<Form> {
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.ok()? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file_name) => {
                let content_type = part.content_type().map(str::to_owned);
                let bytes = count(part).await.ok()?;
                form.files.push(ReceivedFile { part: name, file_name, content_type, bytes });
            }
            None => form.texts.push((name, read_text(part).await.ok()?)),
        }
    }
    Some(form)
}

async fn count(mut part: Field<'_>) -> Result<u64, MultipartError> {
    let mut bytes = 0;
    while let Some(chunk) = part.chunk().await? {
        bytes += chunk.len() as u64;
    }
    Ok(bytes)
}

async fn read_text(mut part: Field<'_>) -> Result<String, MultipartError> {
    let mut kept = BytesMut::new();
    while let Some(chunk) = part.chunk().await? {
        keep(&mut kept, &chunk);
    }
    Ok(String::from_utf8_lossy(&kept).into_owned())
}
