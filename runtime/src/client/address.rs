//! Checks the URL of the server to which a client sends its requests.

use reqwest::Url;

use crate::Error;
use crate::api::Api;

/// Parses the URL of a server, and checks that an API key may be sent to that server. No error message shows the URL,
/// because it may contain a key by mistake.
pub(super) fn parse_and_check_server_url(
    api: &Api,
    url: Option<&str>,
    http_hosts: &[String],
) -> Result<Url, Error> {
    let refuse = |why: &str| Err(Error::configuration(format!("{}: {why}", api.title)));
    let Some(allowed) = http_hosts.iter().map(|host| normalize_host(host)).collect::<Option<Vec<_>>>() else {
        return refuse("`allow_http_to` takes the name or address of a host alone, like `mock`");
    };
    let Some(text) = url else {
        return refuse("no server; choose one with `environment`, or set `base_url`");
    };
    let Ok(url) = Url::parse(text) else {
        return refuse("the base URL is not a URL like `https://api.example.com`");
    };
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("the base URL has a user name or password in it; keys go into `api_key`");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("the base URL has a query or fragment; paths are added at its end");
    }
    let host = url.host_str();
    let allows_http =
        host.is_some_and(|host| is_loopback(host) || allowed.iter().any(|allowed| allowed == host));
    match (url.scheme(), allows_http) {
        ("https", _) | ("http", true) => Ok(url),
        ("http", false) => refuse(
            "the base URL is not HTTPS; plain HTTP is for this machine, and for hosts that `allow_http_to` names",
        ),
        _ => refuse("the base URL is neither HTTPS nor HTTP"),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Normalizes a host as URLs do, e.g. `MOCK` to `mock` and `::1` to `[::1]`. Returns `None` if the text is more than a
/// host, like `mock:80`.
fn normalize_host(host: &str) -> Option<String> {
    let host = match host.parse::<std::net::Ipv6Addr>() {
        Ok(address) => format!("[{address}]"),
        Err(_) => host.to_owned(),
    };
    let url = Url::parse(&format!("http://{host}:1/")).ok()?;
    let is_only_host = url.username().is_empty() && url.password().is_none() && url.port() == Some(1);
    url.host_str().filter(|_| is_only_host && url.path() == "/").map(str::to_owned)
}

/// Returns the scheme, host and port of a URL. Only these may be shown, because the other parts of the URL, like the
/// path, may contain a key.
pub(super) fn reduce_to_origin(url: &str) -> String {
    match Url::parse(url) {
        Ok(url) if url.has_host() => url.origin().ascii_serialization(),
        _ => String::from("[not a URL]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_or_address_of_a_host_is_accepted_as_one() {
        for (given, host) in [
            ("mock", "mock"),
            ("MOCK", "mock"),
            ("10.0.0.7", "10.0.0.7"),
            ("::1", "[::1]"),
            ("[fe80::1]", "[fe80::1]"),
        ] {
            assert_eq!(normalize_host(given).as_deref(), Some(host), "{given}");
        }
        for given in [
            "",
            "mock:80",
            "http://mock",
            "mock/",
            "mock/v1",
            "user@mock",
            "mock?a",
            "mock#a",
            "a b",
            "*",
            ".",
        ] {
            assert!(
                normalize_host(given).is_none_or(|host| host == given),
                "{given}: {:?}",
                normalize_host(given)
            );
        }
    }

    #[test]
    fn only_scheme_host_and_port_of_an_address_are_shown() {
        let secret = "https://user:secret@api.example.com:8443/secret/v1?key=secret#secret";
        assert_eq!(reduce_to_origin(secret), "https://api.example.com:8443");
        for text in ["", "secret", "mailto:secret", "//secret"] {
            assert_eq!(reduce_to_origin(text), "[not a URL]");
        }
    }
}
