//! The response of a call that succeeded: the typed body, with status and headers.

use std::fmt;
use std::ops::{Deref, DerefMut};

use http::{HeaderMap, StatusCode};

use crate::Unreadable;
use crate::origin::Origin;

/// The response of a call that succeeded. It derefs to the typed body.
#[derive(Clone)]
pub struct Response<T> {
    body: T,
    status: StatusCode,
    headers: HeaderMap,
    origin: Origin,
}

impl<T> Response<T> {
    pub(crate) fn new(body: T, status: StatusCode, headers: HeaderMap, origin: Origin) -> Self {
        Response { body, status, headers, origin }
    }

    /// The body, without status and headers.
    pub fn into_inner(self) -> T {
        self.body
    }

    /// The HTTP status, as sent.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The optional fields that are `None` because the value that was sent does not fit their type: the path of each in the
    /// body, and why it does not fit. The list is usually empty.
    ///
    /// Without this, a vendor that sends `""` for an amount would make the whole response unreadable, and the id of an order
    /// that was just created would be lost. A required field has to fit: otherwise the call fails with
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode), and the error keeps the raw body. An item of a list is never left
    /// out. Payloads of webhooks are not repaired in this way.
    ///
    /// ```
    /// use partner_runtime::Response;
    ///
    /// fn report<T>(response: &Response<T>) {
    ///     for field in response.unreadable() {
    ///         // `data.orders[3].amounts.crypto_amount: not a decimal number`
    ///         eprintln!("the vendor sent a value that is not documented: {field}");
    ///     }
    /// }
    /// ```
    pub fn unreadable(&self) -> &[Unreadable] {
        self.origin.unreadable()
    }
}

/// The headers are not shown, because they may hold cookies.
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
