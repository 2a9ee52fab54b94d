use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, header};

use crate::Refusal;

/// The HTTP request of a webhook, with its whole body.
#[derive(Clone)]
pub struct Delivery {
    /// The HTTP method of the request. Senders of webhooks use `POST`.
    pub method: Method,
    /// The path of the request's URL, without the query.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body of the request, exactly as it was received. The signature covers these bytes, so JSON that was parsed
    /// and serialized again cannot be verified.
    pub body: Bytes,
}

impl Delivery {
    /// Makes a delivery that is a `POST` to a path.
    pub fn new(path: impl Into<String>, headers: HeaderMap, body: impl Into<Bytes>) -> Delivery {
        Delivery { method: Method::POST, path: path.into(), headers, body: body.into() }
    }

    /// Returns the value of a header that must occur exactly once.
    ///
    /// # Errors
    ///
    /// When the header is missing, or occurs more than once. Several values are refused because a proxy in front of
    /// this receiver may have checked a different value than the one that is returned.
    pub fn single_header(&self, name: &'static HeaderName) -> Result<&[u8], Refusal> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().ok_or(Refusal::MissingHeader(name.as_str()))?;
        match values.next() {
            Some(_) => Err(Refusal::RepeatedHeader(name.as_str())),
            None => Ok(value.as_bytes()),
        }
    }

    /// Returns the body of an authentic delivery, without the byte order mark. Checks that the body begins like a JSON
    /// object: with `{`, possibly after white space.
    ///
    /// # Errors
    ///
    /// When the body does not begin with `{`. The text after the `{` is not checked.
    pub fn json_object_bytes(&self) -> Result<&[u8], Refusal> {
        let text = self.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.body);
        match text.trim_ascii_start().first() {
            Some(b'{') => Ok(text),
            Some(_) => Err(Refusal::MalformedBody("it begins with something else".to_owned())),
            None => Err(Refusal::MalformedBody("it is empty".to_owned())),
        }
    }

    /// Checks that the body has at most `limit` bytes, and is not compressed.
    ///
    /// # Errors
    ///
    /// [`Refusal::BodyTooLarge`] and [`Refusal::CompressedBody`].
    pub fn check_body(&self, limit: usize) -> Result<(), Refusal> {
        if self.body.len() > limit {
            return Err(Refusal::BodyTooLarge { max_bytes: limit });
        }
        let plain = |value: &http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
        match self.headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
            true => Ok(()),
            false => Err(Refusal::CompressedBody),
        }
    }
}

impl fmt::Debug for Delivery {
    /// Formats the delivery without headers and body: headers carry secrets, and bodies carry personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Delivery({} {}, {} bytes)", self.method, self.path, self.body.len())
    }
}
