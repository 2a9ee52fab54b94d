//! Files to upload. Their contents are streamed, and are read again from the beginning for each attempt of a call. The
//! exception is a reader that can be read only once: after its first use, the call is not retried.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::io::{AsyncRead, ReadBuf};
use tokio_util::io::ReaderStream;

use crate::Error;

/// A reader of an upload's contents.
pub(crate) type UploadReader = Pin<Box<dyn AsyncRead + Send + Sync>>;

type Opening = Pin<Box<dyn Future<Output = io::Result<UploadReader>> + Send>>;

/// A file to upload: a name, a content type, and the source of its contents.
///
/// ```
/// use partner_runtime::Upload;
///
/// let selfie = Upload::from_bytes("selfie.jpg", b"...".to_vec());
/// assert_eq!(selfie.content_type(), "image/jpeg");
/// let scan = Upload::from_bytes("scan", b"...".to_vec()).with_content_type("application/pdf");
/// assert_eq!(scan.file_name(), "scan");
/// # assert_eq!(scan.content_type(), "application/pdf");
/// ```
#[derive(Clone)]
pub struct Upload {
    file_name: String,
    content_type: Option<String>,
    length: Option<u64>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    File(PathBuf),
    Reader(Arc<dyn Fn() -> Opening + Send + Sync>),
    /// A reader that can be read only once. The first attempt takes the reader, and leaves `None`.
    OneTimeReader(Arc<Mutex<Option<UploadReader>>>),
}

/// The maximum number of bytes that are read from the source of an upload at a time.
const MAX_UPLOAD_CHUNK_BYTES: usize = 64 * 1024;

impl Upload {
    /// Makes an upload of contents that are already in memory.
    pub fn from_bytes(file_name: impl Into<String>, contents: impl Into<Bytes>) -> Upload {
        let contents = contents.into();
        let length = Some(contents.len() as u64);
        Upload { file_name: file_name.into(), content_type: None, length, source: Source::Bytes(contents) }
    }

    /// Makes an upload of a file on disk, with the file name of the path. The file is streamed when the call is sent.
    ///
    /// # Errors
    ///
    /// When there is no readable file at that path.
    pub async fn from_file(path: impl AsRef<Path>) -> Result<Upload, Error> {
        let path = path.as_ref();
        let metadata = tokio::fs::metadata(path).await.map_err(Error::unreadable_upload)?;
        let Some(file_name) = path.file_name().filter(|_| metadata.is_file()) else {
            let error = io::Error::new(io::ErrorKind::InvalidInput, "this is not a file");
            return Err(Error::unreadable_upload(error));
        };
        Ok(Upload {
            file_name: file_name.to_string_lossy().into_owned(),
            content_type: None,
            length: Some(metadata.len()),
            source: Source::File(path.to_owned()),
        })
    }

    /// Makes an upload of contents from any source. `open` is called for each attempt, and returns a reader that starts
    /// at the beginning.
    ///
    /// `length` is the length of the contents in bytes, and is sent to the server. If it is `None`, the body is sent in
    /// chunks, which some servers refuse.
    pub fn from_reader<F, R, A>(file_name: impl Into<String>, length: Option<u64>, open: F) -> Upload
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = io::Result<A>> + Send + 'static,
        A: AsyncRead + Send + Sync + 'static,
    {
        let open = move || -> Opening {
            let opening = open();
            Box::pin(async move { opening.await.map(|reader| Box::pin(reader) as UploadReader) })
        };
        Upload {
            file_name: file_name.into(),
            content_type: None,
            length,
            source: Source::Reader(Arc::new(open)),
        }
    }

    /// Makes an upload of contents that can be read only once, like a stream that is forwarded while it is received.
    ///
    /// After a call has begun to read the contents, the call is not retried, even if the server was not reached. Prefer
    /// [`from_reader`](Self::from_reader) if the contents can be opened again. `length` has the same meaning as for
    /// `from_reader`.
    pub fn from_one_time_reader<A>(file_name: impl Into<String>, length: Option<u64>, reader: A) -> Upload
    where
        A: AsyncRead + Send + Sync + 'static,
    {
        let reader: UploadReader = Box::pin(reader);
        Upload {
            file_name: file_name.into(),
            content_type: None,
            length,
            source: Source::OneTimeReader(Arc::new(Mutex::new(Some(reader)))),
        }
    }

    /// Whether another attempt can read the contents from their beginning.
    pub(crate) fn is_replayable(&self) -> bool {
        match &self.source {
            Source::Bytes(_) | Source::File(_) | Source::Reader(_) => true,
            Source::OneTimeReader(reader) => lock_reader(reader).is_some(),
        }
    }

    /// Sets the content type. The default is derived from the extension of the file name.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Upload {
        self.content_type = Some(content_type.into());
        self
    }

    /// Sets the name under which the file is sent.
    #[must_use]
    pub fn with_file_name(mut self, file_name: impl Into<String>) -> Upload {
        self.file_name = file_name.into();
        self
    }

    /// Returns the name under which the file is sent.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// Returns the content type with which the file is sent.
    pub fn content_type(&self) -> String {
        match &self.content_type {
            Some(content_type) => content_type.clone(),
            None => mime_guess::from_path(&self.file_name).first_or_octet_stream().to_string(),
        }
    }

    /// Returns the length of the file in bytes; `None` if the length is not known before the file is read.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Opens the contents for one attempt, and returns a part of a multipart form that streams them.
    pub(crate) async fn open_as_form_part(&self) -> Result<reqwest::multipart::Part, FormPartError> {
        let (body, length) = self.open_as_body_with_length().await?;
        let part = match length {
            Some(length) => reqwest::multipart::Part::stream_with_length(body, length),
            None => reqwest::multipart::Part::stream(body),
        };
        let content_type = self.content_type();
        part.file_name(escape_line_ends(&self.file_name))
            .mime_str(&content_type)
            .map_err(|_| FormPartError::InvalidContentType)
    }

    /// Opens the uploaded contents for one attempt of the call, and returns a request body that streams them. Also
    /// returns the number of bytes; `None` if it is not known.
    pub(crate) async fn open_as_body_with_length(
        &self,
    ) -> Result<(reqwest::Body, Option<u64>), FormPartError> {
        let reader: UploadReader = match &self.source {
            Source::Bytes(bytes) => return Ok((bytes.clone().into(), Some(bytes.len() as u64))),
            Source::File(path) => {
                Box::pin(tokio::fs::File::open(path).await.map_err(FormPartError::CannotOpen)?)
            }
            Source::Reader(open) => open().await.map_err(FormPartError::CannotOpen)?,
            Source::OneTimeReader(reader) => {
                lock_reader(reader).take().ok_or(FormPartError::AlreadyConsumed)?
            }
        };
        let reader = LengthCheckingReader { reader, remaining_byte_count: self.length };
        let body = reqwest::Body::wrap_stream(ReaderStream::with_capacity(reader, MAX_UPLOAD_CHUNK_BYTES));
        Ok((body, self.length))
    }
}

/// Locks the mutex around the reader of an upload that can be read only once. The mutex contains `None` if an attempt
/// to send the request has already taken the reader.
fn lock_reader(reader: &Mutex<Option<UploadReader>>) -> MutexGuard<'_, Option<UploadReader>> {
    reader.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Escapes line ends in a file name, in the same way as browsers. A line end would end the header that contains the
/// name. Quotes are not escaped here, because reqwest escapes them.
fn escape_line_ends(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A")
}

/// A reader that fails if the contents are shorter or longer than the announced length, so that truncated contents do
/// not count as a complete upload.
struct LengthCheckingReader {
    reader: UploadReader,
    /// The number of bytes that must still be read until the announced length is reached; `None` if no length was
    /// announced.
    remaining_byte_count: Option<u64>,
}

impl AsyncRead for LengthCheckingReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(self.reader.as_mut().poll_read(context, buffer))?;
        let read = (buffer.filled().len() - before) as u64;
        let Some(left) = self.remaining_byte_count else { return Poll::Ready(Ok(())) };
        let wrong = match (read, left.checked_sub(read)) {
            (0, Some(1..)) => "the contents are shorter than announced",
            (_, None) => "the contents are longer than announced",
            (_, Some(left)) => {
                self.remaining_byte_count = Some(left);
                return Poll::Ready(Ok(()));
            }
        };
        Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, wrong)))
    }
}

/// The reason why a part of a multipart form, like an upload, cannot be sent.
#[derive(Debug)]
pub(crate) enum FormPartError {
    /// The file (or another source of the uploaded contents) could not be opened.
    CannotOpen(io::Error),
    /// The contents can be read only once, and an earlier attempt has taken them.
    AlreadyConsumed,
    /// The content type is not a valid media type.
    InvalidContentType,
}

/// Shows the content type and the length, but not the file name and the contents, which are personal data.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("content_type", &self.content_type())
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
