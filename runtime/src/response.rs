//! The response of a call that succeeded: the typed body, with status, headers and the body as it was received.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::MAX_RETAINED_BODY_BYTES;
use crate::origin::Origin;
use crate::{JsonError, UnreadableField, json};

/// The response of a call that succeeded. It derefs to the typed body.
#[derive(Clone)]
pub struct Response<T> {
    body: T,
    status: StatusCode,
    headers: HeaderMap,
    raw_body: Bytes,
    origin: Origin,
}

impl<T> Response<T> {
    pub(crate) fn new(body: T, status: StatusCode, headers: HeaderMap, origin: Origin) -> Self {
        Response { body, status, headers, raw_body: Bytes::new(), origin }
    }

    /// Adds `raw_body`, the body as it was received, to this response.
    pub(crate) fn with_raw_body(self, raw_body: Bytes) -> Self {
        Response { raw_body, ..self }
    }

    /// Drops the raw body if it is larger than [`MAX_RETAINED_BODY_BYTES`]. This is for responses that are kept while
    /// further requests are sent.
    pub(crate) fn without_large_body(mut self) -> Self {
        if self.raw_body.len() > MAX_RETAINED_BODY_BYTES {
            self.raw_body = Bytes::new();
        }
        self
    }

    /// Returns the typed body, without the rest of the response.
    pub fn into_inner(self) -> T {
        self.body
    }

    /// Returns the HTTP status, as it was received.
    ///
    /// The method is not called `status`, because it would then hide the field `status` of a typed body, for example of
    /// an order.
    pub fn http_status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the **raw** body, as it was received. It includes the envelope (the object in which an API wraps its
    /// responses) and the fields that the typed body lacks, for example a field that the vendor has renamed. The raw
    /// body may contain personal data, so take care where you log it.
    ///
    /// ```
    /// use partner_runtime::{Json, Response};
    ///
    /// fn report<T>(response: &Response<T>) {
    ///     println!("{} bytes", response.body().len());
    ///     if let Ok(json) = response.body_as::<Json>() {
    ///         println!("has the new field: {}", json.get("order_reference").is_some());
    ///     }
    /// }
    /// ```
    pub fn body(&self) -> &Bytes {
        &self.raw_body
    }

    /// Deserializes the [body](Self::body) as a type of the caller, or as [`Json`](crate::Json), which accepts any
    /// value.
    ///
    /// # Errors
    ///
    /// When the body does not fit the type, or is not JSON. The error does not show the body.
    pub fn body_as<U: DeserializeOwned>(&self) -> Result<U, JsonError> {
        json::deserialize_body(&self.raw_body)
    }

    /// Returns the optional fields that are `None` because the received value does not fit their type, each with its
    /// path and the reason. The list is usually empty.
    ///
    /// If these fields were not left out, a vendor that sends `""` for an amount would make the whole response
    /// unreadable, and the id of an order that was just created would be lost. A required field has to fit: otherwise
    /// the call fails with [`ErrorKind::Decode`](crate::ErrorKind::Decode), and the error keeps the raw body. An item
    /// of a list is never left out. Payloads of webhooks are not repaired in this way.
    ///
    /// ```
    /// use partner_runtime::Response;
    ///
    /// fn report<T>(response: &Response<T>) {
    ///     for field in response.unreadable_fields() {
    ///         // `data.orders[3].amounts.crypto_amount: not a decimal number`
    ///         eprintln!("the vendor sent a value that is not documented: {field}");
    ///     }
    /// }
    /// ```
    pub fn unreadable_fields(&self) -> &[UnreadableField] {
        self.origin.unreadable_fields()
    }
}

/// Shows the status and the typed body, but not the headers and the raw body, which may contain cookies and personal
/// data.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}
