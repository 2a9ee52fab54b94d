//! Options of a single call.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::headers::is_reserved_header;
use crate::credential::Credentials;
use crate::{Error, RetryPolicy};

/// The options of a single call, which override those of its client. Most calls set no option, so the values are in a
/// box: a `CallOptions` is only as large as a pointer.
#[derive(Clone, Default)]
pub struct CallOptions(Option<Box<CallOptionValues>>);

/// The options that were set for a call. For an option that is `None`, the call uses the value of the client.
#[derive(Clone, Default)]
pub struct CallOptionValues {
    pub timeout: Option<Duration>,
    pub attempt_timeout: Option<Duration>,
    pub retry: Option<RetryPolicy>,
    pub headers: Vec<(String, String)>,
}

impl CallOptions {
    /// Returns the values of the options, so that they can be changed. The first call of this method allocates them.
    pub fn values_mut(&mut self) -> &mut CallOptionValues {
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

    /// Adds the headers that the caller has set for this call to `headers`, the headers of a request.
    pub(super) fn add_caller_headers(
        &self,
        headers: &mut HeaderMap,
        credentials: &Credentials,
    ) -> Result<(), Error> {
        for (name, value) in self.0.iter().flat_map(|set| &set.headers) {
            let header = HeaderName::try_from(name.as_str())
                // The error does not show the name, because a caller may have passed a secret value as the name by
                // mistake.
                .map_err(|_| Error::request("a header of this call has a name that no header can have"))?;
            if credentials.is_credential_header(&header) {
                let message = format!("`{name}` carries the API key; set it when building the client");
                return Err(Error::request(message));
            }
            if is_reserved_header(&header) {
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

/// Declares the setters for the options of a call. The macro is called in the `impl` block of a type that has a field
/// of the type `CallOptions`.
#[doc(hidden)]
#[macro_export]
macro_rules! __option_setters {
    ($($field:tt).+) => {
        /// Sets the time limit of this call, which replaces the client's timeout. The time includes all attempts and
        /// pauses.
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.$($field).+.values_mut().timeout = Some(timeout);
            self
        }

        /// Sets the time limit of each attempt of this call, instead of the client's limit.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.$($field).+.values_mut().attempt_timeout = Some(timeout);
            self
        }

        /// Sets the retry policy of this call, instead of the client's policy.
        pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
            self.$($field).+.values_mut().retry = Some(policy);
            self
        }

        /// Adds a header to this call.
        ///
        /// The call fails before it is sent if the header is one of these: the header that carries the API key, a
        /// header that belongs to the connection or delimits the request (like `host`, `connection` or
        /// `content-length`), or a header that replaces the method (like `x-http-method-override`).
        pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
            self.$($field).+.values_mut().headers.push((name.into(), value.into()));
            self
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Api;

    static API: Api = Api::new("Sample").api_key_header_name("x-key");

    fn add_header(name: &str, value: &str) -> Result<HeaderMap, Error> {
        let mut options = CallOptions::default();
        options.values_mut().headers.push((name.to_owned(), value.to_owned()));
        let mut headers = HeaderMap::new();
        options.add_caller_headers(&mut headers, &Credentials::new(&API, Vec::new())?)?;
        Ok(headers)
    }

    #[test]
    fn a_call_has_the_options_that_were_set() {
        let mut options = CallOptions::default();
        assert_eq!((options.timeout(), options.attempt_timeout(), options.retry()), (None, None, None));
        let (timeout, attempt_timeout) = (Duration::from_secs(7), Duration::from_secs(3));
        options.values_mut().timeout = Some(timeout);
        options.values_mut().attempt_timeout = Some(attempt_timeout);
        options.values_mut().retry = Some(RetryPolicy::none());
        assert_eq!(
            (options.timeout(), options.attempt_timeout(), options.retry()),
            (Some(timeout), Some(attempt_timeout), Some(RetryPolicy::none()))
        );
    }

    #[test]
    fn a_call_can_set_neither_the_api_key_nor_a_header_that_frames_the_request() {
        assert_eq!(add_header("X-Caller", "payouts").unwrap()["x-caller"], "payouts");
        for (name, value, reason) in [
            ("X-Key", "fake-key", "`X-Key` carries the API key"),
            ("Content_Length", "7", "`Content_Length` belongs to the connection or frames the request"),
            ("x caller", "payouts", "a header of this call has a name that no header can have"),
            ("x-caller", "pay\nouts", "the header `x-caller` has a value that cannot be sent"),
        ] {
            let text = add_header(name, value).unwrap_err().to_string();
            assert!(text.starts_with(reason), "{text}");
        }
    }
}
