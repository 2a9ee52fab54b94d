//! For tests of a receiver: signs bodies as Unigox does.

use std::time::{SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue};

use super::verifier::{SIGNATURE, TIMESTAMP, lower_hex};
use crate::webhooks::{Secret, hmac_sha256};

/// The headers with which Unigox delivers a body that it signs at a time.
///
/// A time before 1970 is taken as 1970, the earliest that a timestamp can tell.
pub fn sign(secret: &Secret, signed_at: SystemTime, body: &[u8]) -> HeaderMap {
    let seconds = signed_at.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let signature = hmac_sha256(secret, &[seconds.to_string().as_bytes(), b".", body]);
    let mut headers = HeaderMap::new();
    headers.insert(TIMESTAMP.clone(), HeaderValue::from(seconds));
    // Hex digits are always a valid value of a header.
    if let Ok(value) = HeaderValue::try_from(format!("sha256={}", lower_hex(&signature))) {
        headers.insert(SIGNATURE.clone(), value);
    }
    headers
}
