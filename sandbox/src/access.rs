//! Refuses requests whose host is not this machine, and requests that web pages of other origins send.
//!
//! Every web page in a browser on this machine can connect to the sandbox's port. A page can use its own host name,
//! which its name server resolves to 127.0.0.1 ("DNS rebinding"); the `Host` header shows that name. Or a page can send
//! cross-origin requests; the `Origin` header shows where the page is from.

use std::net::IpAddr;

use http::header::{HOST, ORIGIN};
use http::request::Parts;
use http::uri::Authority;

/// The reason why a request is refused: the host to which it was sent, or the origin of the web page that sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccessRefusal {
    /// The `Host` header is missing or repeated, or the host of the request is not this machine.
    InvalidHost,
    /// A web page of another origin sent the request.
    ForeignOrigin,
}

/// Checks that the host of a request is this machine, and that no web page of another origin sent the request.
pub(crate) fn check_host_and_origin(head: &Parts) -> Result<(), AccessRefusal> {
    let mut hosts = head.headers.get_all(HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().map_err(|_| AccessRefusal::InvalidHost)?,
        _ => return Err(AccessRefusal::InvalidHost),
    };
    // An absolute URI in the request line overrides the `Host` header, so the host of the URI is checked as well.
    let uri_authority = head.uri.authority().map(Authority::as_str);
    if !is_local_authority(host) || !uri_authority.is_none_or(is_local_authority) {
        return Err(AccessRefusal::InvalidHost);
    }
    let own = format!("http://{host}");
    let is_own = |origin: &http::HeaderValue| origin.as_bytes().eq_ignore_ascii_case(own.as_bytes());
    if head.headers.get_all(ORIGIN).iter().all(is_own) { Ok(()) } else { Err(AccessRefusal::ForeignOrigin) }
}

/// Whether the host in `authority` is `localhost` or a loopback address. An authority is a host with or without a port.
fn is_local_authority(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<Authority>() else { return false };
    if authority.as_str().contains('@') {
        return false;
    }
    let host = authority.host();
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_request(uri: &str, headers: &[(&str, &str)]) -> Result<(), AccessRefusal> {
        let mut request = http::Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        check_host_and_origin(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn names_and_addresses_of_this_machine_are_allowed_with_any_port() {
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1:1",
            "127.8.9.10",
            "[::1]",
            "[::1]:99",
            "[::ffff:127.0.0.1]",
        ] {
            assert_eq!(check_request("/unigox/x", &[("host", host)]), Ok(()), "{host}");
        }
    }

    #[test]
    fn names_and_addresses_of_other_machines_are_refused() {
        for host in [
            "",
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "evil@localhost",
            "192.168.0.7:8080",
            "0.0.0.0",
            "[::]:80",
            "[2001:db8::1]",
            "host.docker.internal",
        ] {
            assert_eq!(
                check_request("/unigox/x", &[("host", host)]),
                Err(AccessRefusal::InvalidHost),
                "{host}"
            );
        }
        assert_eq!(check_request("/unigox/x", &[]), Err(AccessRefusal::InvalidHost), "no host at all");
        let two = [("host", "localhost"), ("host", "evil.example")];
        assert_eq!(check_request("/unigox/x", &two), Err(AccessRefusal::InvalidHost));
        let absolute = check_request("http://evil.example/unigox/x", &[("host", "localhost")]);
        assert_eq!(absolute, Err(AccessRefusal::InvalidHost));
        assert_eq!(check_request("http://localhost/unigox/x", &[("host", "localhost")]), Ok(()));
    }

    #[test]
    fn only_pages_of_the_sandboxs_own_origin_are_allowed() {
        let from = |origin| check_request("/unigox/x", &[("host", "localhost:80"), ("origin", origin)]);
        assert_eq!(from("http://localhost:80"), Ok(()));
        assert_eq!(from("http://LocalHost:80"), Ok(()));
        for origin in [
            "null",
            "",
            "http://evil.example",
            "https://localhost:80",
            "http://localhost",
            "http://localhost:3000",
            "http://localhost:80.evil.example",
            "http://127.0.0.1:80",
        ] {
            assert_eq!(from(origin), Err(AccessRefusal::ForeignOrigin), "{origin}");
        }
        let two =
            [("host", "localhost:80"), ("origin", "http://localhost:80"), ("origin", "http://evil.example")];
        assert_eq!(check_request("/unigox/x", &two), Err(AccessRefusal::ForeignOrigin));
    }
}
