//! The address of the server.

use reqwest::Url;

use crate::Error;
use crate::api::Api;

/// The address of a server that a key may be sent to.
pub(super) fn check(api: &Api, url: Option<&str>) -> Result<Url, Error> {
    let refuse = |why: &str| Err(Error::configuration(format!("{}: {why}", api.title)));
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
    let local = match url.host_str() {
        Some("localhost") => true,
        Some(host) => host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    };
    match (url.scheme(), local) {
        ("https", _) | ("http", true) => Ok(url),
        ("http", false) => refuse("the base URL is not HTTPS; plain HTTP is for this machine only"),
        _ => refuse("the base URL is neither HTTPS nor HTTP"),
    }
}
