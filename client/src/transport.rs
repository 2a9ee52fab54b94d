//! What the calls of one client share: server, key, connections, limits.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::api::Api;
use crate::call::{Call, CallOptions};
use crate::operation::Operation;

/// Cheap to clone: everything is shared.
#[derive(Clone)]
pub struct Transport(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) base_url: String,
    pub(crate) http: reqwest::Client,
    pub(crate) key_header: HeaderName,
    pub(crate) key: Option<HeaderValue>,
    pub(crate) timeout: Duration,
    pub(crate) max_body: usize,
}

impl Transport {
    pub(crate) fn new(shared: Shared) -> Transport {
        Transport(Arc::new(shared))
    }

    /// Starts a call.
    pub(crate) fn call(&self, operation: &'static Operation, options: CallOptions) -> Call {
        Call::new(self, operation, options)
    }

    pub(crate) fn api(&self) -> &'static Api {
        self.0.api
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.0.base_url
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    pub(crate) fn key_header(&self) -> &HeaderName {
        &self.0.key_header
    }

    pub(crate) fn key(&self) -> Option<&HeaderValue> {
        self.0.key.as_ref()
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.0.timeout
    }

    pub(crate) fn max_body(&self) -> usize {
        self.0.max_body
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base_url", &self.0.base_url)
            .field("key", &self.0.key.as_ref().map(|_| crate::value::Redacted))
            .field("timeout", &self.0.timeout)
            .finish_non_exhaustive()
    }
}
