//! The API key as a header.

use http::HeaderValue;

use crate::Error;
use crate::api::Api;

/// The value of the header that carries the key. It is marked as sensitive, so that `Debug` does not show it.
pub(super) fn header_value(api: &Api, key: &str) -> Result<HeaderValue, Error> {
    if key.is_empty() {
        return Err(Error::configuration(format!("{}: the API key is empty", api.title)));
    }
    let mut value = HeaderValue::from_str(key)
        .ok()
        .filter(|_| key.bytes().all(|b| b.is_ascii_graphic()))
        .ok_or_else(|| {
            let message =
                "the API key has characters that a header cannot carry; look for spaces and line ends";
            Error::configuration(format!("{}: {message}", api.title))
        })?;
    value.set_sensitive(true);
    Ok(value)
}
