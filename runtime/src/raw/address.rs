//! Builds the URL of a raw call from the base URL of the API's server and the caller's path. The path is sent
//! unchanged, or refused.

use reqwest::Url;

use crate::Error;

/// Builds a URL from the base URL of the server, a path and query parameters.
pub(super) fn build_url(base_url: &str, path: &str, query: &[(String, String)]) -> Result<Url, Error> {
    let mut url = join_url(base_url, path).map_err(Error::request)?;
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url)
}

/// Replaces the segments of a path that may be ids by `{}`, so that an error can show the path. Only segments that are
/// short words in lower case, or versions like `v1`, remain. A long path is cut off.
pub(super) fn redact_and_shorten_path(path: &str) -> Box<str> {
    const MAX_PATH_BYTES: usize = 200;
    let is_word =
        |part: &str| part.len() <= 40 && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'-' | b'_'));
    let is_version = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|number| number.len() < 4 && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let parts = path.split('/').map(|part| if is_word(part) || is_version(part) { part } else { "{}" });
    let mut redacted_path = parts.collect::<Vec<_>>().join("/");
    redacted_path.truncate(MAX_PATH_BYTES);
    redacted_path.into_boxed_str()
}

/// Joins the base URL of the server and a path. The error message does not show the path, because it may contain ids.
fn join_url(base_url: &str, path: &str) -> Result<Url, &'static str> {
    if !path.starts_with('/') || path.starts_with("//") {
        return Err("the path of a raw call starts with one `/`");
    }
    if path.contains(['?', '#']) {
        return Err("the path of a raw call has no `?` and no `#`; parameters are set with `query`");
    }
    let address = format!("{base_url}{path}");
    // A path that the URL parser would change is refused, for example one with `..`, backslashes, line ends or escaped
    // dots.
    match Url::parse(&address) {
        Ok(url) if url.as_str() == address => Ok(url),
        _ => Err(
            "the path of a raw call has parts that are resolved or have to be escaped, like `..` or spaces",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_sent_as_it_is() {
        for path in ["/", "/v1/users", "/v1/users/", "/v1//users", "/v1/a%20b", "/v1/a:b@c;d,e", "/v1/..."] {
            let url = join_url("https://api.example.com/prefix", path).unwrap();
            assert_eq!(url.as_str(), format!("https://api.example.com/prefix{path}"));
        }
    }

    #[test]
    fn a_path_is_named_without_what_may_be_an_id() {
        for (path, named) in [
            ("/api/v1/partner/aliases", "/api/v1/partner/aliases"),
            ("/v1/users/550e8400-e29b-41d4-a716-446655440000/kyc-files", "/v1/users/{}/kyc-files"),
            ("/v1/users/customer42/%C3%BC/A", "/v1/users/{}/{}/{}"),
            ("/v1/a@b.example/v99999", "/v1/{}/{}"),
            ("no path\n", "{}"),
            ("/", "/"),
        ] {
            assert_eq!(&*redact_and_shorten_path(path), named, "{path}");
        }
        assert_eq!(redact_and_shorten_path(&"/a".repeat(9000)).len(), 200);
    }

    #[test]
    fn a_path_cannot_leave_its_server_or_become_another() {
        for path in [
            "",
            "v1",
            "//evil.example",
            "@evil.example/",
            ":80/",
            ".evil.example/",
            "/../x",
            "/v1/../../x",
            "/v1/./x",
            "/v1/%2e%2e/x",
            "/v1/.%2E/x",
            "/\\evil.example",
            "/v1\\..\\x",
            "/v1/a b",
            "/v1/\t",
            "/v1/\n/evil",
            "/v1/ü",
            "/v1?a=b",
            "/v1#a",
            "https://evil.example/",
        ] {
            assert!(join_url("https://api.example.com/prefix", path).is_err(), "{path:?}");
        }
    }
}
