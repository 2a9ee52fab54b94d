//! Checks absolute URLs, and URLs relative to the server.

use url::Url;

/// An example URL, against which relative URLs are resolved to check whether they are valid.
const EXAMPLE_BASE_URL: &str = "https://example.com/";

/// Describes the mistake in a URL; `None` if the URL is valid.
pub(super) fn describe_url_mistake(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return Some(String::from("is empty"));
    }
    if let Some(c) = text.chars().find(|c| c.is_whitespace() || c.is_control() || "\\\"<>^`|{}".contains(*c))
    {
        return Some(format!("has {c:?} in it"));
    }
    if starts_with_host_name(text) {
        return Some(String::from("has no `https://`, so it is a path below the document"));
    }
    let base = Url::parse(EXAMPLE_BASE_URL).ok();
    match Url::options().base_url(base.as_ref()).parse(text) {
        Ok(url) => describe_misspelled_beginning(&url, text),
        Err(error) => Some(format!("is no URL: {error}")),
    }
}

/// Whether a text starts with a host name instead of a scheme.
fn starts_with_host_name(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let machine = name.starts_with("www.") || name == "localhost" || (name.contains('.') && !port.is_empty());
    machine && port.bytes().all(|b| b.is_ascii_digit()) && !text.contains("://")
}

/// Describes the probable misspelling at the beginning of a valid URL, like `htps://...` or `https:/...`; `None` if
/// there is no such misspelling.
fn describe_misspelled_beginning(url: &Url, text: &str) -> Option<String> {
    let scheme = text.split(':').next().unwrap_or_default();
    if !text.contains(':') || !scheme.eq_ignore_ascii_case(url.scheme()) {
        return None;
    }
    let known = ["https", "http", "wss", "ws"].contains(&url.scheme());
    if known && !text[scheme.len()..].starts_with("://") {
        return Some(format!("has no `//` after `{scheme}:`"));
    }
    let near = !known && (url.scheme().starts_with("ht") || url.scheme().ends_with("ttps"));
    near.then(|| format!("starts with `{scheme}:`, which is not `https:`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_and_relative_urls_are_fine() {
        for fine in [
            "https://example.com",
            "http://localhost:8080/api",
            "/api/v1",
            "./terms.html",
            "terms.html",
            "v1",
            "mailto:help@example.com",
            "https://example.com/a%20b?c=d#e",
            "//example.com/api",
            "https://[::1]:8080/",
        ] {
            assert_eq!(describe_url_mistake(fine), None, "{fine}");
        }
    }

    #[test]
    fn what_is_meant_as_a_url_and_is_none_is_found() {
        for wrong in [
            "",
            "to be done",
            "www.example.com/terms",
            "api.example.com:8443",
            "localhost:8080/api",
            "htps://example.com",
            "https:/example.com",
            "https://example.com:99999",
            "https://",
            "<https://example.com>",
        ] {
            assert!(describe_url_mistake(wrong).is_some(), "{wrong}");
        }
    }
}
