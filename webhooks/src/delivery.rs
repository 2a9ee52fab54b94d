use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, header};

use crate::Refusal;

/// A request as it came in, with its whole body.
#[derive(Clone)]
pub struct Delivery {
    /// The method. Senders of webhooks use `POST`.
    pub method: Method,
    /// The path of the URL, without the query.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as it came: what is signed are its bytes, so it must not have been parsed and written again.
    pub body: Bytes,
}

impl Delivery {
    /// A `POST` to a path.
    pub fn new(path: impl Into<String>, headers: HeaderMap, body: impl Into<Bytes>) -> Delivery {
        Delivery { method: Method::POST, path: path.into(), headers, body: body.into() }
    }

    /// The value of a header that has to be there exactly once.
    ///
    /// # Errors
    ///
    /// When it is missing, or there more than once: then nobody knows which of them somebody in between has looked at.
    pub fn single_header(&self, name: &'static HeaderName) -> Result<&[u8], Refusal> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().ok_or(Refusal::MissingHeader(name.as_str()))?;
        match values.next() {
            Some(_) => Err(Refusal::RepeatedHeader(name.as_str())),
            None => Ok(value.as_bytes()),
        }
    }

    /// The body of an authentic delivery as the text of a JSON object: without the byte order mark that it may begin with.
    ///
    /// # Errors
    ///
    /// When it is no object. Whether the rest of it is JSON is not checked.
    pub fn json_object(&self) -> Result<&[u8], Refusal> {
        let text = self.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.body);
        match text.trim_ascii_start().first() {
            Some(b'{') => Ok(text),
            Some(_) => Err(Refusal::Malformed("it begins with something else".to_owned())),
            None => Err(Refusal::Malformed("it is empty".to_owned())),
        }
    }

    /// Checks what does not depend on the sender: how large the body is, and that it is not compressed.
    ///
    /// # Errors
    ///
    /// [`Refusal::TooLarge`] and [`Refusal::Encoded`].
    pub fn check_body(&self, limit: usize) -> Result<(), Refusal> {
        if self.body.len() > limit {
            return Err(Refusal::TooLarge { limit });
        }
        let plain = |value: &http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
        match self.headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
            true => Ok(()),
            false => Err(Refusal::Encoded),
        }
    }
}

impl fmt::Debug for Delivery {
    /// Headers carry secrets, and bodies personal data, so neither is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Delivery({} {}, {} bytes)", self.method, self.path, self.body.len())
    }
}
