//! Builds the default HTTP client: its TLS settings, proxies and connections.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use reqwest::Url;
use reqwest::dns::Resolve;

use super::{ApiClient, ClientBuilder};
use crate::tls::{self, TlsSettings, TlsVersion};

type ReqwestSetting = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// The settings of the default HTTP client.
#[derive(Default)]
pub(super) struct HttpClientSettings {
    /// The name of the setter that was called first; `None` if no setter was called. A custom HTTP client would ignore
    /// the settings, so `build` returns an error with this name if a setter was called and a custom client is used.
    first_called_setter_name: Option<&'static str>,
    tls: TlsSettings,
    connect_timeout: Option<Duration>,
    user_agent: Option<String>,
    /// Whether a proxy was set. If so, the HTTP client needs TLS even if all servers use plain HTTP, because the
    /// connection to the proxy may use TLS.
    has_proxy: bool,
    /// The settings that are passed to reqwest, in the order in which they were set.
    reqwest_settings: Vec<ReqwestSetting>,
}

impl HttpClientSettings {
    /// Returns the name of the setter of these settings that was called first, like `connect_timeout`; `None` if no
    /// setter was called.
    pub(super) fn first_called_setter_name(&self) -> Option<&'static str> {
        self.first_called_setter_name
    }

    /// Builds an HTTP client that can send requests to `servers`.
    pub(super) fn build_http_client(
        self,
        servers: &[&Url],
        connect_timeout: Duration,
    ) -> Result<reqwest::Client, String> {
        let uses_http = |server: &&Url| server.scheme() == "http";
        let (any_uses_http, all_use_http) = (servers.iter().any(uses_http), servers.iter().all(uses_http));
        let user_agent = match self.user_agent {
            None => HeaderValue::from_static(concat!("partner-client/", env!("CARGO_PKG_VERSION"))),
            Some(text) => HeaderValue::try_from(text)
                .map_err(|_| String::from("the user agent has characters that a header cannot carry"))?,
        };
        let builder = reqwest::Client::builder()
            .user_agent(user_agent)
            .connect_timeout(self.connect_timeout.unwrap_or(connect_timeout));
        // If any server uses plain HTTP, the proxies from environment variables are ignored for all servers. Such a
        // proxy would see the API key, and could not reach servers on the local machine.
        let builder = if any_uses_http { builder.no_proxy() } else { builder };
        let builder = self.reqwest_settings.into_iter().fold(builder, |builder, change| change(builder));
        let client = disable_retries_redirects_and_decompression(tls::apply_tls_settings(
            builder,
            &self.tls,
            all_use_http && !self.has_proxy,
        )?)
        .build();
        client
            .map_err(|error| format!("no HTTP client can be made: {}", crate::error::describe_error(&error)))
    }
}

/// Turns off the features of reqwest that repeat or redirect a request, or change a response. Another crate in the
/// build may have enabled these features.
fn disable_retries_redirects_and_decompression(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        // Redirects are not followed: a redirect could carry the API key to another host, or turn a POST into a GET.
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // Only HTTP/1 is used. It sends the head of a request together with the body, so a request whose body was not
        // read by the connection was not sent, and can be repeated. HTTP/2 would send the head first.
        .http1_only()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

/// # TLS and connections
///
/// These settings are for the HTTP client that [`build`](Self::build) makes. If a custom client is set with
/// [`http_client`](Self::http_client), they make `build` return an error, because the custom client has its own
/// settings.
///
/// Whatever is set here, the HTTP client follows no redirects, does not retry, and uses HTTP/1.1.
impl<C: ApiClient> ClientBuilder<C> {
    fn set(mut self, method: &'static str, change: impl FnOnce(&mut HttpClientSettings)) -> Self {
        self.http.first_called_setter_name.get_or_insert(method);
        change(&mut self.http);
        self
    }

    fn change(
        self,
        method: &'static str,
        change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.set(method, |http| http.reqwest_settings.push(Box::new(change)))
    }

    /// Trusts these certificate authorities in addition to those of the system.
    ///
    /// The argument is PEM with any number of certificates, or one certificate as DER. Each call adds certificates.
    ///
    /// ```
    /// # use partner_runtime::ClientBuilder;
    /// # fn example<C: partner_runtime::client::ApiClient>(builder: ClientBuilder<C>) -> std::io::Result<ClientBuilder<C>> {
    /// // Trusts only the authority of the company's gateway.
    /// let builder = builder.root_certificates(std::fs::read("gateway-ca.pem")?).without_system_roots();
    /// # Ok(builder)
    /// # }
    /// ```
    pub fn root_certificates(self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        let given = pem_or_der.into();
        self.set("root_certificates", |http| http.tls.roots.push(given))
    }

    /// Trusts only the authorities of [`root_certificates`](Self::root_certificates), and not those of the system.
    pub fn without_system_roots(self) -> Self {
        self.set("without_system_roots", |http| http.tls.without_system_roots = true)
    }

    /// Sets the certificate that the client presents to servers that ask for one. Its private key has to be set as
    /// well, with [`client_key`](Self::client_key).
    ///
    /// The argument is PEM that begins with the client's own certificate, followed by the chain to its authority, or
    /// one certificate as DER.
    pub fn client_certificate(self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        let given = pem_or_der.into();
        self.set("client_certificate", |http| http.tls.client_certificate = Some(given))
    }

    /// Sets the private key of [`client_certificate`](Self::client_certificate), as PEM or DER. If one PEM file has
    /// both the certificate and the key, give the file to both setters.
    ///
    /// With the Cargo features for rustls, the key may be PKCS#8, PKCS#1 or SEC1; with the feature `native-tls`, only
    /// PKCS#8.
    pub fn client_key(self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        let given = pem_or_der.into();
        self.set("client_key", |http| http.tls.client_key = Some(given))
    }

    /// Sets the oldest version of TLS that the client accepts. The default is TLS 1.2.
    pub fn min_tls_version(self, version: TlsVersion) -> Self {
        self.set("min_tls_version", |http| http.tls.min_version = Some(version))
    }

    /// Sets the time limit for connecting, including name lookup and TLS. The default is 10 seconds.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.set("connect_timeout", |http| http.connect_timeout = Some(timeout))
    }

    /// Sends all requests through this proxy, and ignores the proxies from environment variables.
    ///
    /// A proxy sees the API key only if the server itself is reached over plain HTTP.
    pub fn proxy(self, proxy: reqwest::Proxy) -> Self {
        self.set("proxy", |http| http.has_proxy = true).change("proxy", |http| http.proxy(proxy))
    }

    /// Uses no proxy, and ignores the proxies from environment variables.
    pub fn no_proxy(self) -> Self {
        self.change("no_proxy", reqwest::ClientBuilder::no_proxy)
    }

    /// Sets the header `User-Agent`. The default is the name and version of this library.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        let user_agent = user_agent.into();
        self.set("user_agent", |http| http.user_agent = Some(user_agent))
    }

    /// Sets the time after which an idle connection is closed. The default is 90 seconds.
    pub fn pool_idle_timeout(self, timeout: Duration) -> Self {
        self.change("pool_idle_timeout", move |http| http.pool_idle_timeout(timeout))
    }

    /// Sets the maximum number of idle connections that are kept open per host. The default is no limit. With 0, every
    /// request opens a new connection.
    pub fn max_idle_connections_per_host(self, connections: usize) -> Self {
        self.change("max_idle_connections_per_host", move |http| http.pool_max_idle_per_host(connections))
    }

    /// Sets the idle time after which TCP checks whether a connection is still alive. The default is 15 seconds.
    pub fn tcp_keepalive(self, interval: Duration) -> Self {
        self.change("tcp_keepalive", move |http| http.tcp_keepalive(interval))
    }

    /// Connects from this local address, for vendors that allow only some client addresses.
    pub fn local_address(self, address: IpAddr) -> Self {
        self.change("local_address", move |http| http.local_address(address))
    }

    /// Resolves host names with this resolver instead of the system's.
    pub fn dns_resolver(self, resolver: impl Resolve + 'static) -> Self {
        self.change("dns_resolver", |http| http.dns_resolver(Arc::new(resolver)))
    }
}
