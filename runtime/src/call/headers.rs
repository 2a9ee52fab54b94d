//! The headers that neither callers nor hooks can set. They mark where the request ends, belong to the connection, or
//! replace the method of the request.
//!
//! A `content-length` that does not fit the body, a second `host` or a `transfer-encoding` makes a proxy and the server
//! behind it see different requests in the same bytes.

use http::{HeaderMap, HeaderName};

/// The names of the headers that neither callers nor hooks can set: those that only the HTTP client may set, and those
/// with which some servers replace the method of a request, like `x-http-method-override`.
pub const RESERVED_HEADER_NAMES: [&str; 16] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
];

/// Whether a header is in [`RESERVED_HEADER_NAMES`]. Underscores count as hyphens, because servers with CGI treat
/// `content_length` like `content-length`.
pub(super) fn is_reserved_header(name: &HeaderName) -> bool {
    RESERVED_HEADER_NAMES.contains(&name.as_str())
        || RESERVED_HEADER_NAMES.contains(&name.as_str().replace('_', "-").as_str())
}

/// Returns the first reserved header among `headers`; `None` if none of them is reserved.
pub(super) fn find_reserved_header(headers: &HeaderMap) -> Option<&HeaderName> {
    headers.keys().find(|name| is_reserved_header(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reserved(name: &str) -> bool {
        is_reserved_header(&HeaderName::try_from(name).unwrap())
    }

    #[test]
    fn headers_that_frame_a_request_are_reserved_however_they_are_written() {
        for name in RESERVED_HEADER_NAMES {
            let variants = [name.to_owned(), name.to_uppercase(), name.replace('-', "_")];
            assert!(variants.iter().all(|name| reserved(name)), "{name}");
        }
        assert!(reserved("Content_Length") && reserved("x_http-method_override"));
    }

    #[test]
    fn callers_may_set_all_other_headers() {
        for name in
            ["accept", "content-type", "traceparent", "x-host", "x-forwarded-host", "te-x", "user-agent"]
        {
            assert!(!reserved(name), "{name}");
        }
        assert_eq!(find_reserved_header(&HeaderMap::new()), None);
    }
}
