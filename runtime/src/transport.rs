//! The state that all calls of a client share: servers, credentials, connections, limits and settings.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use crate::api::Api;
use crate::credential::Credentials;
use crate::hook::Hook;
use crate::limit::RequestLimits;
use crate::operation::OperationEntry;
use crate::retry::{RetryPolicy, TokenBucket};

/// The smallest limit that `Transport::max_response_memory_bytes` returns. It is the limit of a client that accepts
/// only short response bodies.
const MIN_RESPONSE_MEMORY_LIMIT_BYTES: usize = 4 * 1024 * 1024;

/// The state that all calls of an API client share, including the HTTP client that sends the requests. Clones are
/// cheap, and share the same state.
#[derive(Clone)]
pub struct Transport(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    /// The base URL as text, without a slash at its end.
    pub(crate) base_url: String,
    /// The parsed base URL, to which most operations are sent.
    pub(crate) parsed_base_url: Url,
    /// The URLs of the environment's other servers, to which some operations are sent instead of the base URL. Empty if
    /// there are no other servers.
    pub(crate) other_server_urls: Vec<Url>,
    pub(crate) http_client: reqwest::Client,
    /// Whether the caller provided the HTTP client. Such an HTTP client may have its own time limits and redirects.
    pub(crate) has_custom_http_client: bool,
    pub(crate) credentials: Credentials,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) retries: TokenBucket,
    pub(crate) limits: RequestLimits,
    pub(crate) hooks: Vec<Box<dyn Hook>>,
    pub(crate) max_body: usize,
    pub(crate) shows_urls: bool,
}

impl Transport {
    pub(crate) fn new(shared: Shared) -> Transport {
        Transport(Arc::new(shared))
    }

    pub(crate) fn api(&self) -> &'static Api {
        self.0.api
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// Returns the URL of the server to which the requests of an operation are sent.
    pub(crate) fn server_url(&self, operation: &OperationEntry) -> &Url {
        let other =
            operation.server_index.checked_sub(1).and_then(|index| self.0.other_server_urls.get(index));
        other.unwrap_or(&self.0.parsed_base_url)
    }

    pub(crate) fn http_client(&self) -> &reqwest::Client {
        &self.0.http_client
    }

    pub(crate) fn has_custom_http_client(&self) -> bool {
        self.0.has_custom_http_client
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.0.credentials
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.0.timeout
    }

    pub(crate) fn attempt_timeout(&self) -> Option<Duration> {
        self.0.attempt_timeout
    }

    pub(crate) fn retry(&self) -> RetryPolicy {
        self.0.retry
    }

    pub(crate) fn retries(&self) -> &TokenBucket {
        &self.0.retries
    }

    pub(crate) fn limits(&self) -> &RequestLimits {
        &self.0.limits
    }

    pub(crate) fn hooks(&self) -> &[Box<dyn Hook>] {
        &self.0.hooks
    }

    pub(crate) fn max_body(&self) -> usize {
        self.0.max_body
    }

    /// Returns the maximum number of bytes of memory that the deserialized values of a response may take. The
    /// characters of strings are not counted.
    pub(crate) fn max_response_memory_bytes(&self) -> usize {
        self.0.max_body.saturating_mul(2).max(MIN_RESPONSE_MEMORY_LIMIT_BYTES)
    }

    pub(crate) fn shows_urls(&self) -> bool {
        self.0.shows_urls
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("server", &self.0.parsed_base_url.origin().ascii_serialization())
            .field("timeout", &self.0.timeout)
            .field("credentials", &self.0.credentials)
            .finish_non_exhaustive()
    }
}
