//! Helpers for tests of a webhook receiver: they sign deliveries as Unigox does.

use std::time::{SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue};

use super::verifier::{SIGNATURE_HEADER_NAME, TIMESTAMP_HEADER_NAME, encode_lower_hex};
use crate::webhooks::{Secret, hmac_sha256};

/// Signs a webhook body, and returns the headers of its delivery: the signature and `signed_at` as a timestamp.
///
/// A time before 1970 becomes 1970, because a timestamp cannot be negative.
pub fn signed_headers(secret: &Secret, signed_at: SystemTime, body: &[u8]) -> HeaderMap {
    let seconds = signed_at.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let signature = hmac_sha256(secret, &[seconds.to_string().as_bytes(), b".", body]);
    let mut headers = HeaderMap::new();
    headers.insert(TIMESTAMP_HEADER_NAME.clone(), HeaderValue::from(seconds));
    // The conversion never fails, because hex digits are always a valid header value.
    if let Ok(value) = HeaderValue::try_from(format!("sha256={}", encode_lower_hex(&signature))) {
        headers.insert(SIGNATURE_HEADER_NAME.clone(), value);
    }
    headers
}
