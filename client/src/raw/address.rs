//! The address of a raw call: on the API's server, and exactly what was asked for.

use reqwest::Url;

use crate::Error;
use crate::transport::Transport;

/// The server's address with this path and query.
pub(super) fn of(transport: &Transport, path: &str, query: &[(String, String)]) -> Result<Url, Error> {
    let mut url = on_server(transport.base_url(), path).map_err(Error::request)?;
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url)
}

/// A path may hold ids, and so no message shows it.
fn on_server(base_url: &str, path: &str) -> Result<Url, &'static str> {
    if !path.starts_with('/') || path.starts_with("//") {
        return Err("the path of a raw call starts with one `/`");
    }
    if path.contains(['?', '#']) {
        return Err("the path of a raw call has no `?` and no `#`; parameters are set with `query`");
    }
    let address = format!("{base_url}{path}");
    // What a URL parser changes is not what was asked for: `..`, backslashes, line ends, escaped dots.
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
            let url = on_server("https://api.example.com/prefix", path).unwrap();
            assert_eq!(url.as_str(), format!("https://api.example.com/prefix{path}"));
        }
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
            assert!(on_server("https://api.example.com/prefix", path).is_err(), "{path:?}");
        }
    }
}
