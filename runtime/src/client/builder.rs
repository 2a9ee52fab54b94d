//! The builder of a client.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use reqwest::Url;

use super::connections::HttpClientSettings;
use super::servers::resolve_server_urls;
use super::{ApiClient, ApiEnvironment, Server, ServerVariableValue, address};
use crate::credential::{Credential, Credentials};
use crate::limit::RequestLimits;
use crate::retry::TokenBucket;
use crate::transport::{Shared, Transport};
use crate::{Error, Hook, RetryBudget, RetryPolicy};

/// The default time limit of a call.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// The default time limit for connecting.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The default limit for the size of a response's body: 16 MiB.
pub const DEFAULT_MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;

/// Configures a client. A key and a server are required; everything else has a default.
///
/// `timeout`, `attempt_timeout` and `retry` can also be set for a single call, under the same names.
///
/// ```no_run
/// use partner_runtime::client::ApiClient;
/// use partner_runtime::{ClientBuilder, Error};
/// use std::time::Duration;
///
/// fn configure<C: ApiClient>(builder: ClientBuilder<C>) -> Result<C, Error> {
///     builder.api_key("your-key").base_url("https://api.example.com").timeout(Duration::from_secs(10)).build()
/// }
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder<C> {
    credentials: Vec<Credential>,
    without_credentials: bool,
    base_url: Option<String>,
    /// The servers of the chosen environment. The list is empty if all requests are sent to `base_url`: either the
    /// caller has set `base_url`, or the environment has a single server whose URL has no variables.
    servers: &'static [Server],
    variables: Vec<ServerVariableValue>,
    plain_hosts: Vec<String>,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    retry: RetryPolicy,
    retry_budget: RetryBudget,
    rate: Option<(u32, Duration)>,
    concurrency: Option<usize>,
    hooks: Vec<Box<dyn Hook>>,
    max_body: usize,
    shows_urls: bool,
    pub(super) http: HttpClientSettings,
    given_http: Option<reqwest::Client>,
    client: PhantomData<fn() -> C>,
}

impl<C: ApiClient> ClientBuilder<C> {
    pub(crate) fn new() -> Self {
        ClientBuilder {
            credentials: Vec::new(),
            without_credentials: false,
            base_url: None,
            servers: &[],
            variables: Vec::new(),
            plain_hosts: Vec::new(),
            timeout: DEFAULT_TIMEOUT,
            attempt_timeout: None,
            retry: RetryPolicy::default(),
            retry_budget: RetryBudget::default(),
            rate: None,
            concurrency: None,
            hooks: Vec::new(),
            max_body: DEFAULT_MAX_RESPONSE_BYTES,
            shows_urls: false,
            http: HttpClientSettings::default(),
            given_http: None,
            client: PhantomData,
        }
    }

    /// Sets the API key.
    pub fn api_key(self, key: impl Into<String>) -> Self {
        self.credential(Credential::key(0, key.into()))
    }

    /// Adds a credential, for an API with other security schemes than a single API key in a header. Credentials are
    /// made by the functions of the generated module `credentials`.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.credentials.push(credential);
        self.without_credentials = false;
        self
    }

    /// Configures a client without an API key, for operations that need none.
    pub fn without_credentials(mut self) -> Self {
        self.credentials.clear();
        self.without_credentials = true;
        self
    }

    /// Sets the vendor's environment, like production or a sandbox. Requests are sent to the server of this
    /// environment, except those of operations for which the OpenAPI document defines another server.
    pub fn environment(mut self, environment: C::Environment) -> Self {
        self.servers = environment.servers();
        self.base_url = Some(environment.server_url().to_owned());
        self
    }

    /// Sets the URL of the server, for a sandbox or a gateway. All operations are sent to this URL, including those for
    /// which the document defines another server. The URL has to be HTTPS, except for the local machine and for hosts
    /// that are allowed with [`allow_http_to`](Self::allow_http_to).
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.servers = &[];
        self.base_url = Some(url.into());
        self
    }

    /// Sets the value of a variable in the URLs of the environment's servers. The functions of the generated module
    /// `variables` make such values. A variable that is not set has its default from the OpenAPI document.
    pub fn server_variable(mut self, variable: ServerVariableValue) -> Self {
        self.variables.push(variable);
        self
    }

    /// Allows a base URL with plain HTTP on this host, like a mock server in a container. Can be called several times,
    /// for several hosts.
    ///
    /// **The API key and everything else is sent in clear text**: everyone on the network path can read it, and can
    /// change requests and responses. Never name a vendor's host.
    ///
    /// The argument is the name or address of a host, without a port.
    pub fn allow_http_to(mut self, host: impl Into<String>) -> Self {
        self.plain_hosts.push(host.into());
        self
    }

    /// Sets the time limit of a call, from its start to the end of the response. The time includes all attempts, the
    /// pauses between them, and the waits that the client's rate and concurrency limits cause. The default is 30
    /// seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the time limit of one attempt of a call, from connecting to the end of the response. The default is the
    /// time limit of the call.
    ///
    /// With this limit, a call that may be retried has time for another attempt when one attempt stalls.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the retry policy: the number of attempts, and the pauses between them. The default is three attempts. The
    /// module [`retry`](crate::retry) explains which failures are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the retry budget, which all calls of this client share.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// Sets a rate limit: at most `requests` are sent in any period of the length `per`. The default is no limit.
    ///
    /// Every attempt counts. Calls wait in the order in which they were made. A call that cannot be sent within its
    /// time limit fails at once with [`ErrorKind::Throttled`](crate::ErrorKind::Throttled).
    pub fn rate_limit(mut self, requests: u32, per: Duration) -> Self {
        self.rate = Some((requests, per));
        self
    }

    /// Sets how many requests of this client may run at the same time. The default is no limit.
    ///
    /// Calls wait in the order in which they were made, and fail with
    /// [`ErrorKind::Throttled`](crate::ErrorKind::Throttled) when their time limit expires first. A call that pauses
    /// before another attempt does not count.
    pub fn concurrency_limit(mut self, requests: usize) -> Self {
        self.concurrency = Some(requests);
        self
    }

    /// Adds a hook, which sees and may change each request and each response. Requests pass the hooks in the order in
    /// which the hooks were added, and responses in reverse order.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Box::new(hook));
        self
    }

    /// Sets the limit for the size of a response's body, in bytes. The default is 16 MiB.
    ///
    /// The memory that a response takes, while it is read and afterwards, is limited as well: to 8 times this number of
    /// bytes. A limit for the length alone would not limit the memory: `{},` has three bytes of text, and may become an
    /// item of a list that takes a thousand bytes of memory. So the values of a response are counted before it is
    /// deserialized. A response whose values, apart from the text of strings, may take more than twice the limit (or
    /// more than 4 MiB, if that is larger) fails with
    /// [`ErrorKind::ResponseTooLarge`](crate::ErrorKind::ResponseTooLarge), like one that is too long. Raise the limit
    /// for responses with hundreds of thousands of values.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets whether tracing spans record the full URL of a request, as `url.full`. The URL contains ids and query
    /// parameters, some of which are personal data; parameters that are documented as sensitive are redacted. By
    /// default, spans have only the path template.
    pub fn trace_urls(mut self, show: bool) -> Self {
        self.shows_urls = show;
        self
    }

    /// Uses a custom `reqwest::Client`, to share its connections, or for settings that this builder does not have.
    ///
    /// A custom client has its own settings of TLS and connections. Setting them on this builder as well is an error of
    /// [`build`](Self::build). A custom client **must not** do the following, which reqwest lets nobody check or
    /// prevent:
    ///
    /// - Follow redirects. Build it with `redirect::Policy::none()`, because reqwest sends the API key to the target of
    ///   a redirect. This is detected afterwards: the call fails with
    ///   [`ErrorKind::Redirected`](crate::ErrorKind::Redirected), and the key should be replaced.
    /// - Retry. Build it with `retry(reqwest::retry::never())`, because its retries ignore the [policy](Self::retry),
    ///   budget and limits of this client. This is not detected.
    /// - Use HTTP/2. Build it with `http1_only()`. HTTP/2 sends the head of a request before its body, while a payment
    ///   that ran out of time before its body was taken counts as not made. This is not detected.
    /// - Decompress, store cookies, log (`connection_verbose`), or accept any certificate
    ///   (`tls_danger_accept_invalid_certs`). This is not detected.
    ///
    /// The time of the call replaces a timeout of the custom client. With the feature `rustls`, reqwest's own
    /// constructors need a crypto provider that is installed for the process, like
    /// `rustls::crypto::ring::default_provider().install_default()`.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.given_http = Some(client);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// When the key or the server is missing or malformed, a TLS certificate or key cannot be read, a setting would
    /// have no effect, or a limit is zero. The message shows neither keys nor URLs.
    pub fn build(self) -> Result<C, Error> {
        let api = C::API;
        let has_schemes = !api.api_key_header_name.is_empty() || !api.security_schemes.is_empty();
        if self.credentials.is_empty() && has_schemes && !self.without_credentials {
            let setter = if api.security_schemes.is_empty() { "api_key" } else { "credential" };
            let message = format!(
                "{}: no API key; set one with `{setter}`, or call `without_credentials` for operations that need none",
                api.title
            );
            return Err(Error::configuration(message));
        }
        let credentials = Credentials::new(api, self.credentials)?;
        let refuse = |why: String| Error::configuration(format!("{}: {why}", api.title));
        let mut addresses = resolve_server_urls(self.servers, &self.variables).map_err(refuse)?;
        if addresses.is_empty() {
            addresses.extend(self.base_url);
        }
        let server = address::parse_and_check_server_url(
            api,
            addresses.first().map(String::as_str),
            &self.plain_hosts,
        )?;
        let others = addresses.iter().skip(1);
        let others = others.map(|url| address::parse_and_check_server_url(api, Some(url), &self.plain_hosts));
        let others = others.collect::<Result<Vec<_>, _>>()?;
        if self.concurrency == Some(0) || self.rate.is_some_and(|(requests, _)| requests == 0) {
            let message = format!("{}: a limit of 0 requests would let nothing through", api.title);
            return Err(Error::configuration(message));
        }
        let given = self.given_http.is_some();
        let http = match (self.given_http, self.http.first_called_setter_name()) {
            (Some(http), None) => http,
            (Some(_), Some(setting)) => {
                let why = "has no effect on a custom HTTP client; set it there";
                return Err(refuse(format!("`{setting}` {why}")));
            }
            (None, _) => {
                let servers: Vec<&Url> = others.iter().chain([&server]).collect();
                self.http.build_http_client(&servers, DEFAULT_CONNECT_TIMEOUT).map_err(refuse)?
            }
        };
        Ok(C::from_transport(Transport::new(Shared {
            api,
            base_url: server.as_str().trim_end_matches('/').to_owned(),
            parsed_base_url: server,
            other_server_urls: others,
            http_client: http,
            has_custom_http_client: given,
            credentials,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            retry: self.retry,
            retries: TokenBucket::new(self.retry_budget),
            limits: RequestLimits::new(self.concurrency, self.rate),
            hooks: self.hooks,
            max_body: self.max_body,
            shows_urls: self.shows_urls,
        })))
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("server", &self.base_url.as_deref().map(address::reduce_to_origin))
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
