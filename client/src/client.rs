//! Configuring a client.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::Error;
use crate::api::Api;
use crate::transport::{Shared, Transport};

/// How long a call may take when nothing else was said.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// How many bytes an answer may have when nothing else was said: 16 MiB.
pub const DEFAULT_MAX_BODY: usize = 16 * 1024 * 1024;

/// What the generated clients have in common. Not to be implemented elsewhere.
pub trait ApiClient: Sized {
    /// The servers that the vendor runs.
    type Environment: ServerUrl;

    #[doc(hidden)]
    const API: &'static Api;

    #[doc(hidden)]
    fn from_transport(transport: Transport) -> Self;
}

/// A server that is known by name.
pub trait ServerUrl {
    /// Its base URL.
    fn server_url(self) -> &'static str;
}

/// Configures a client: a key, a server, and what else should differ from the defaults.
#[cfg_attr(
    feature = "p100",
    doc = r#"
```
use partner_client::p100::{Client, Environment};
use std::time::Duration;

let p100 = Client::builder()
    .api_key("your-key")
    .environment(Environment::Stage)
    .timeout(Duration::from_secs(10))
    .build()?;

let error = Client::builder().environment(Environment::Stage).build().unwrap_err();
assert!(error.to_string().contains("no API key"));
# Ok::<(), partner_client::Error>(())
```
"#
)]
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder<C> {
    key: Key,
    base_url: Option<String>,
    timeout: Duration,
    max_body: usize,
    http: Http,
    client: PhantomData<fn() -> C>,
}

/// Where the HTTP client comes from.
enum Http {
    Ours,
    Configured(Configure),
    Given(reqwest::Client),
}

type Configure = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

enum Key {
    Missing,
    Without,
    Given(String),
}

impl<C: ApiClient> ClientBuilder<C> {
    pub(crate) fn new() -> Self {
        ClientBuilder {
            key: Key::Missing,
            base_url: None,
            timeout: DEFAULT_TIMEOUT,
            max_body: DEFAULT_MAX_BODY,
            http: Http::Ours,
            client: PhantomData,
        }
    }

    /// Sets the API key.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.key = Key::Given(key.into());
        self
    }

    /// Makes a client without a key, for the operations that need none.
    pub fn without_key(mut self) -> Self {
        self.key = Key::Without;
        self
    }

    /// Chooses one of the vendor's servers.
    pub fn environment(mut self, environment: C::Environment) -> Self {
        self.base_url = Some(environment.server_url().to_owned());
        self
    }

    /// Sets the server's address, for a sandbox or a proxy. It must be HTTPS, except on this machine.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets how long a call may take, from connecting to the end of the answer. 30 seconds when not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how many bytes an answer may have. 16 MiB when not set.
    pub fn max_answer_bytes(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Changes the HTTP client that is made otherwise: proxies, certificates, connection limits and the like.
    ///
    /// TLS, the connect timeout and that redirects are not followed are set already.
    pub fn configure_http(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.http = Http::Configured(Box::new(configure));
        self
    }

    /// Uses a `reqwest::Client` of yours, to share its connections.
    ///
    /// Give it `redirect::Policy::none()`: reqwest would carry the API key to wherever a redirect leads. With the
    /// feature `rustls`, reqwest's own constructors need a crypto provider installed for the process, like
    /// `rustls::crypto::ring::default_provider().install_default()`; [`configure_http`](Self::configure_http) does
    /// not.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Given(client);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// When the key or the server is missing or malformed. The message does not show the key.
    pub fn build(self) -> Result<C, Error> {
        let api = C::API;
        let key = match &self.key {
            Key::Missing => {
                let message = format!(
                    "{}: no API key; set one with `api_key`, or say `without_key` for operations that need none",
                    api.title
                );
                return Err(Error::configuration(message));
            }
            Key::Without => None,
            Key::Given(key) => Some(header_value(api, key)?),
        };
        let base_url = check_base_url(api, self.base_url.as_deref())?;
        let plain = base_url.starts_with("http://");
        let http = match self.http {
            Http::Given(http) => Ok(http),
            Http::Ours => crate::tls::http_client(plain).build(),
            Http::Configured(configure) => configure(crate::tls::http_client(plain)).build(),
        };
        let http = http.map_err(|error| {
            Error::configuration(format!("{}: no HTTP client can be made: {error}", api.title))
        })?;
        let key_header = HeaderName::from_bytes(api.key_header.as_bytes()).map_err(|_| {
            Error::configuration(format!("{}: the document names no header for the key", api.title))
        })?;
        Ok(C::from_transport(Transport::new(Shared {
            api,
            base_url,
            http,
            key_header,
            key,
            timeout: self.timeout,
            max_body: self.max_body,
        })))
    }
}

fn header_value(api: &Api, key: &str) -> Result<HeaderValue, Error> {
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

/// The address without a slash at its end.
fn check_base_url(api: &Api, url: Option<&str>) -> Result<String, Error> {
    let refuse = |why: &str| Err(Error::configuration(format!("{}: {why}", api.title)));
    let Some(text) = url else {
        return refuse("no server; choose one with `environment`, or set `base_url`");
    };
    let Ok(url) = reqwest::Url::parse(text) else {
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
        ("https", _) | ("http", true) => Ok(url.as_str().trim_end_matches('/').to_owned()),
        ("http", false) => refuse("the base URL is not HTTPS; plain HTTP is for this machine only"),
        _ => refuse("the base URL is neither HTTPS nor HTTP"),
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            // Not checked yet: somebody may have put a password into it.
            .field(
                "base_url",
                &self.base_url.as_deref().map(|url| if url.contains('@') { "[redacted]" } else { url }),
            )
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
