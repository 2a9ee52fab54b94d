//! Helpers to test a receiver of P100's webhooks.

use http::{HeaderMap, HeaderValue, header};

use crate::webhooks::Secret;

/// Returns the headers of an authorized delivery: the content type, and the token in `Authorization`.
pub fn authorized_headers(token: &Secret) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    // Converting the token to a header value never fails, because a `Secret` has only characters that are valid in
    // headers.
    if let Ok(mut value) = HeaderValue::from_str(token.expose_secret()) {
        value.set_sensitive(true);
        headers.insert(header::AUTHORIZATION, value);
    }
    headers
}
