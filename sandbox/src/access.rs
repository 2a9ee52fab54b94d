//! Who may talk to the sandbox: programs and pages of this machine, which call it by a name of this machine.
//!
//! The port is open to every web page that a browser on this machine shows. A page of another site reaches it under its
//! own name, which its name server resolves to 127.0.0.1 ("DNS rebinding"), and then the `Host` tells; or it sends
//! requests to it as a foreign origin, and then the `Origin` tells.

use std::net::IpAddr;

use http::header::{HOST, ORIGIN};
use http::request::Parts;
use http::uri::Authority;

/// Why a request is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denied {
    /// It is for a host that this machine is not.
    Host,
    /// A page of somebody else sent it.
    Origin,
}

/// Checks where a request is sent to, and what page it comes from.
pub(crate) fn check(head: &Parts) -> Result<(), Denied> {
    let mut hosts = head.headers.get_all(HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().map_err(|_| Denied::Host)?,
        _ => return Err(Denied::Host),
    };
    // A request that names a whole address is for that one, whatever its `Host` says.
    let named = head.uri.authority().map(Authority::as_str);
    if !is_this_machine(host) || !named.is_none_or(is_this_machine) {
        return Err(Denied::Host);
    }
    let ours = format!("http://{host}");
    let is_ours = |origin: &http::HeaderValue| origin.as_bytes().eq_ignore_ascii_case(ours.as_bytes());
    if head.headers.get_all(ORIGIN).iter().all(is_ours) { Ok(()) } else { Err(Denied::Origin) }
}

/// Whether a host, with or without a port, is a name or an address that always means this machine.
fn is_this_machine(authority: &str) -> bool {
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

    fn checked(uri: &str, headers: &[(&str, &str)]) -> Result<(), Denied> {
        let mut request = http::Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        check(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn names_and_addresses_of_this_machine_are_let_in_whatever_the_port() {
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1:1",
            "127.8.9.10",
            "[::1]",
            "[::1]:99",
            "[::ffff:127.0.0.1]",
        ] {
            assert_eq!(checked("/unigox/x", &[("host", host)]), Ok(()), "{host}");
        }
    }

    #[test]
    fn names_that_anybody_can_have_are_not_let_in() {
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
            assert_eq!(checked("/unigox/x", &[("host", host)]), Err(Denied::Host), "{host}");
        }
        assert_eq!(checked("/unigox/x", &[]), Err(Denied::Host), "no host at all");
        let two = [("host", "localhost"), ("host", "evil.example")];
        assert_eq!(checked("/unigox/x", &two), Err(Denied::Host));
        let absolute = checked("http://evil.example/unigox/x", &[("host", "localhost")]);
        assert_eq!(absolute, Err(Denied::Host));
        assert_eq!(checked("http://localhost/unigox/x", &[("host", "localhost")]), Ok(()));
    }

    #[test]
    fn only_the_sandboxs_own_pages_are_let_in() {
        let from = |origin| checked("/unigox/x", &[("host", "localhost:80"), ("origin", origin)]);
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
            assert_eq!(from(origin), Err(Denied::Origin), "{origin}");
        }
        let two =
            [("host", "localhost:80"), ("origin", "http://localhost:80"), ("origin", "http://evil.example")];
        assert_eq!(checked("/unigox/x", &two), Err(Denied::Origin));
    }
}
