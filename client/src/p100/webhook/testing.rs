//! For tests of a receiver: the headers with which P100 delivers.

use http::{HeaderMap, HeaderValue, header};

use crate::webhooks::Secret;

/// The headers of a delivery with a token.
pub fn authorize(token: &Secret) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    // A secret has only characters that a header can carry.
    if let Ok(mut value) = HeaderValue::from_str(token.expose()) {
        value.set_sensitive(true);
        headers.insert(header::AUTHORIZATION, value);
    }
    headers
}
