//! The HTTP client that a client of ours makes when it is not given one: TLS, proxies, connections.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use reqwest::dns::Resolve;

use super::{ApiClient, ClientBuilder};
use crate::tls::{self, TlsSettings, TlsVersion};

type Change = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// What the caller has set.
#[derive(Default)]
pub(super) struct HttpSettings {
    /// The method that was called first, to be named where the settings cannot be honoured.
    first: Option<&'static str>,
    tls: TlsSettings,
    connect_timeout: Option<Duration>,
    user_agent: Option<String>,
    /// Whether a proxy was set, which may itself be reached over TLS.
    proxied: bool,
    /// Everything that is reqwest's alone, in the order in which it was set.
    changes: Vec<Change>,
}

impl HttpSettings {
    /// The method that was called first, if any was.
    pub(super) fn first(&self) -> Option<&'static str> {
        self.first
    }

    /// Makes the HTTP client. `plain` is for a server that is reached without TLS.
    pub(super) fn build(self, plain: bool, connect_timeout: Duration) -> Result<reqwest::Client, String> {
        let user_agent = match self.user_agent {
            None => HeaderValue::from_static(concat!("partner-client/", env!("CARGO_PKG_VERSION"))),
            Some(text) => HeaderValue::try_from(text)
                .map_err(|_| String::from("the user agent has characters that a header cannot carry"))?,
        };
        let builder = reqwest::Client::builder()
            .user_agent(user_agent)
            .connect_timeout(self.connect_timeout.unwrap_or(connect_timeout));
        // A proxy of the environment would see the key, and does not know the servers that are reached without TLS.
        let builder = if plain { builder.no_proxy() } else { builder };
        let builder = self.changes.into_iter().fold(builder, |builder, change| change(builder));
        let client = pinned(tls::apply(builder, &self.tls, plain && !self.proxied)?).build();
        client.map_err(|error| format!("no HTTP client can be made: {}", crate::error::describe(&error)))
    }
}

/// Turns off what would send a request twice or elsewhere, or change a response, also where another crate of the build
/// has turned on the features of reqwest that do so.
fn pinned(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        // A redirect could carry the API key to another host, and turn a POST into a GET.
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // Over HTTP/1 the head and the body of a request go together, so that a request whose body was not taken is known
        // not to have been sent.
        .http1_only()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

/// # TLS and connections
///
/// These settings are for the HTTP client that [`build`](Self::build) makes. Together with
/// [`http_client`](Self::http_client) they are refused, because a client that is handed in brings its own.
///
/// Redirects are not followed, nothing is sent again by the HTTP client, and HTTP/1.1 is spoken, whatever is set here.
impl<C: ApiClient> ClientBuilder<C> {
    fn set(mut self, method: &'static str, change: impl FnOnce(&mut HttpSettings)) -> Self {
        self.http.first.get_or_insert(method);
        change(&mut self.http);
        self
    }

    fn change(
        self,
        method: &'static str,
        change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.set(method, |http| http.changes.push(Box::new(change)))
    }

    /// Trusts the servers that these authorities vouch for, in addition to those of the system.
    ///
    /// Takes PEM with any number of certificates, or one certificate as DER. Can be called several times.
    ///
    /// ```
    /// # use partner_runtime::ClientBuilder;
    /// # fn example<C: partner_runtime::client::ApiClient>(builder: ClientBuilder<C>) -> std::io::Result<ClientBuilder<C>> {
    /// // Trusts the authority of the company's gateway, and nobody else.
    /// let builder = builder.root_certificates(std::fs::read("gateway-ca.pem")?).without_system_roots();
    /// # Ok(builder)
    /// # }
    /// ```
    pub fn root_certificates(self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        let given = pem_or_der.into();
        self.set("root_certificates", |http| http.tls.roots.push(given))
    }

    /// Trusts only the authorities of [`root_certificates`](Self::root_certificates), and none of the system's.
    pub fn without_system_roots(self) -> Self {
        self.set("without_system_roots", |http| http.tls.without_system_roots = true)
    }

    /// Presents this certificate to servers that ask for one, together with [`client_key`](Self::client_key).
    ///
    /// Takes PEM, in which the client's own certificate comes first and those that lead to its authority follow, or one
    /// certificate as DER.
    pub fn client_certificate(self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        let given = pem_or_der.into();
        self.set("client_certificate", |http| http.tls.client_certificate = Some(given))
    }

    /// Sets the private key of [`client_certificate`](Self::client_certificate), as PEM or DER. It may be the same
    /// file, when that holds both.
    ///
    /// PKCS#8, PKCS#1 and SEC1 are read with the rustls features, PKCS#8 alone with `native-tls`.
    pub fn client_key(self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        let given = pem_or_der.into();
        self.set("client_key", |http| http.tls.client_key = Some(given))
    }

    /// Sets the oldest version of TLS that is spoken. TLS 1.2 when not set.
    pub fn min_tls_version(self, version: TlsVersion) -> Self {
        self.set("min_tls_version", |http| http.tls.min_version = Some(version))
    }

    /// Sets how long connecting may take, name lookup and TLS included. 10 seconds when not set.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.set("connect_timeout", |http| http.connect_timeout = Some(timeout))
    }

    /// Sends all requests through this proxy instead of those that the environment names.
    ///
    /// A proxy sees the API key only where the server itself is reached over plain HTTP.
    pub fn proxy(self, proxy: reqwest::Proxy) -> Self {
        self.set("proxy", |http| http.proxied = true).change("proxy", |http| http.proxy(proxy))
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(self) -> Self {
        self.change("no_proxy", reqwest::ClientBuilder::no_proxy)
    }

    /// Sets the header `User-Agent`. Name and version of this library when not set.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        let user_agent = user_agent.into();
        self.set("user_agent", |http| http.user_agent = Some(user_agent))
    }

    /// Sets how long a connection that nobody uses is kept. 90 seconds when not set.
    pub fn pool_idle_timeout(self, timeout: Duration) -> Self {
        self.change("pool_idle_timeout", move |http| http.pool_idle_timeout(timeout))
    }

    /// Sets how many connections that nobody uses are kept. Any number when not set; with 0 each request has a
    /// connection of its own.
    pub fn pool_max_idle(self, connections: usize) -> Self {
        self.change("pool_max_idle", move |http| http.pool_max_idle_per_host(connections))
    }

    /// Sets after how much silence TCP looks whether a connection is still there. 15 seconds when not set.
    pub fn tcp_keepalive(self, interval: Duration) -> Self {
        self.change("tcp_keepalive", move |http| http.tcp_keepalive(interval))
    }

    /// Connects from this address of the machine, for vendors that admit some addresses only.
    pub fn local_address(self, address: IpAddr) -> Self {
        self.change("local_address", move |http| http.local_address(address))
    }

    /// Looks up names with this resolver instead of the system's.
    pub fn dns_resolver(self, resolver: impl Resolve + 'static) -> Self {
        self.change("dns_resolver", |http| http.dns_resolver(Arc::new(resolver)))
    }
}
