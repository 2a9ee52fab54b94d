//! Options of a single call.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::headers::is_reserved;
use crate::credential::Credentials;
use crate::{Error, RetryPolicy};

/// Options of a single call, which override those of its client. Most calls set none, so the options are in a box and take one
/// word otherwise.
#[derive(Clone, Default)]
pub struct CallOptions(Option<Box<Set>>);

/// The options that were set.
#[derive(Clone, Default)]
pub struct Set {
    pub timeout: Option<Duration>,
    pub attempt_timeout: Option<Duration>,
    pub retry: Option<RetryPolicy>,
    pub headers: Vec<(String, String)>,
}

impl CallOptions {
    /// The options, to set one of them.
    pub fn set(&mut self) -> &mut Set {
        self.0.get_or_insert_default()
    }

    pub(super) fn timeout(&self) -> Option<Duration> {
        self.0.as_ref()?.timeout
    }

    pub(super) fn attempt_timeout(&self) -> Option<Duration> {
        self.0.as_ref()?.attempt_timeout
    }

    pub(super) fn retry(&self) -> Option<RetryPolicy> {
        self.0.as_ref()?.retry
    }

    /// Adds the headers of this call to a request.
    pub(super) fn add_headers(
        &self,
        headers: &mut HeaderMap,
        credentials: &Credentials,
    ) -> Result<(), Error> {
        for (name, value) in self.0.iter().flat_map(|set| &set.headers) {
            let header = HeaderName::try_from(name.as_str())
                // The name is not shown, because it may be the value by mistake.
                .map_err(|_| Error::request("a header of this call has a name that no header can have"))?;
            if credentials.is_in(&header) {
                let message = format!("`{name}` carries the API key; set it when building the client");
                return Err(Error::request(message));
            }
            if is_reserved(&header) {
                let message =
                    format!("`{name}` belongs to the connection or frames the request; it cannot be set");
                return Err(Error::request(message));
            }
            let value = HeaderValue::try_from(value.as_str()).map_err(|_| {
                Error::request(format!("the header `{name}` has a value that cannot be sent"))
            })?;
            headers.insert(header, value);
        }
        Ok(())
    }
}

/// Declares the setters of the options, in an `impl` of a type that has `CallOptions` in a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __options {
    ($($field:tt).+) => {
        /// Sets how long this call may take, all attempts and pauses included, instead of the client's timeout.
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.$($field).+.set().timeout = Some(timeout);
            self
        }

        /// Sets how long each attempt of this call may take, instead of the client's limit.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.$($field).+.set().attempt_timeout = Some(timeout);
            self
        }

        /// Sets how often this call is attempted, instead of the client's policy.
        pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
            self.$($field).+.set().retry = Some(policy);
            self
        }

        /// Adds a header to this call.
        ///
        /// The call fails before it is sent when the header is the one of the API key, belongs to the connection or
        /// frames the request (`host`, `content-length`, `transfer-encoding`, `connection` and the like), or
        /// replaces the method (`x-http-method-override`).
        pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
            self.$($field).+.set().headers.push((name.into(), value.into()));
            self
        }
    };
}
