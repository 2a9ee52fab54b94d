//! Calls the client's hooks during an attempt.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Version};
use reqwest::{Request, Url};

use super::attempt::ActiveCall;
use super::headers::find_reserved_header;
use crate::Error;
use crate::hook::Attempt;
use crate::operation::{OperationEntry, SUPPORTED_HTTP_METHODS, is_idempotent_method};

impl ActiveCall {
    /// Lets the hooks change a request, before the credentials are added. Returns whether it is harmless to send the
    /// changed request twice.
    pub(super) fn run_request_hooks(&self, request: &mut Request) -> Result<bool, Error> {
        let operation = self.context.operation;
        let hooks = self.context.transport.hooks();
        if hooks.is_empty() {
            return Ok(operation.is_repeatable());
        }
        let (method, url) = (request.method().clone(), request.url().clone());
        let attempt = self.make_hook_attempt(None);
        for hook in hooks {
            hook.on_request(&attempt, request).map_err(|error| Error::stopped_by_hook(error, false))?;
        }
        check_hook_changes(operation, self.context.transport.server_url(operation), request)
            .map_err(|why| Error::stopped_by_hook(why.into(), false))?;
        // The vendor's docs may say that sending a request of this operation twice is harmless. If a hook has changed
        // the method or the URL of the request, this no longer holds. Then only the new HTTP method decides: GET is
        // harmless, POST is not.
        let are_method_and_url_unchanged = *request.method() == method && *request.url() == url;
        Ok(is_idempotent_method(request.method().as_str())
            || (operation.documented_as_idempotent && are_method_and_url_unchanged))
    }

    /// Lets the hooks change a response. Returns the resulting status, headers and body.
    pub(super) fn run_response_hooks(
        &self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<(StatusCode, HeaderMap, Bytes), Error> {
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        let attempt = self.make_hook_attempt(None);
        for hook in self.context.transport.hooks().iter().rev() {
            if let Err(error) = hook.on_response(&attempt, &mut response) {
                let (head, body) = response.into_parts();
                return Err(Error::stopped_by_hook(error, true).with_response(
                    head.status,
                    head.headers,
                    body,
                ));
            }
        }
        let (head, body) = response.into_parts();
        Ok((head.status, head.headers, body))
    }

    /// Tells the hooks that an attempt has ended, and with which result.
    pub(super) fn notify_hooks_of_attempt_end(
        &self,
        result: Result<StatusCode, &Error>,
        retry_in: Option<Duration>,
    ) {
        let hooks = self.context.transport.hooks();
        if hooks.is_empty() {
            return;
        }
        let attempt = self.make_hook_attempt(retry_in);
        hooks.iter().rev().for_each(|hook| hook.on_attempt_end(&attempt, result));
    }

    fn make_hook_attempt(&self, retry_in: Option<Duration>) -> Attempt {
        Attempt {
            operation: self.context.operation,
            number: self.attempt_state.number,
            started_at: self.attempt_state.started_at,
            retry_in,
        }
    }
}

/// Checks that the hooks have made no forbidden change to a request.
fn check_hook_changes(operation: &OperationEntry, server: &Url, request: &Request) -> Result<(), String> {
    if !has_same_origin(server, request.url()) {
        return Err(String::from("a request must stay on the server of its client"));
    }
    let method = request.method().as_str();
    if method != operation.method && !SUPPORTED_HTTP_METHODS.contains(&method) {
        return Err(format!("`{}` is no method that this client sends", request.method()));
    }
    // HTTP/1.0 is refused: it has no chunked encoding, so a body of unknown length would be dropped silently.
    if request.version() < Version::HTTP_11 {
        return Err(format!("a request cannot be sent as {:?}", request.version()));
    }
    match find_reserved_header(request.headers()) {
        Some(name) => {
            Err(format!("`{name}` belongs to the connection or frames the request; it cannot be set"))
        }
        None => Ok(()),
    }
}

/// Whether `url` has the scheme, host and port of `server`. The API key must not be sent to any other server.
fn has_same_origin(server: &Url, url: &Url) -> bool {
    (url.scheme(), url.host_str(), url.port_or_known_default())
        == (server.scheme(), server.host_str(), server.port_or_known_default())
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};
    use reqwest::Method;

    use super::*;

    /// Makes a request to `https://api.example/v1/orders`, changes it as a hook would, and returns the result of
    /// `check_hook_changes`.
    fn check_changed_request(change: impl FnOnce(&mut Request)) -> Result<(), String> {
        let server = Url::parse("https://api.example/v1").unwrap();
        let mut request = Request::new(Method::POST, Url::parse("https://api.example/v1/orders").unwrap());
        change(&mut request);
        check_hook_changes(&OperationEntry::new("create_order").method("POST"), &server, &request)
    }

    #[test]
    fn a_hook_cannot_send_a_request_to_another_server() {
        let set_url =
            |url: &str| check_changed_request(|request| *request.url_mut() = Url::parse(url).unwrap());
        for url in ["https://api.example/v2", "https://api.example:443/", "https://API.example/?a=1"] {
            assert_eq!(set_url(url), Ok(()), "{url}");
        }
        for url in [
            "http://api.example/v1",
            "http://api.example:443/v1",
            "https://example/v1",
            "https://api.example:8443/v1",
        ] {
            assert!(set_url(url).unwrap_err().contains("must stay on the server"), "{url}");
        }
    }

    #[test]
    fn a_hook_can_set_only_a_method_that_clients_send() {
        let set_method = |method: &[u8]| {
            check_changed_request(|request| *request.method_mut() = Method::from_bytes(method).unwrap())
        };
        for method in SUPPORTED_HTTP_METHODS {
            assert_eq!(set_method(method.as_bytes()), Ok(()), "{method}");
        }
        for method in ["CONNECT", "TRACE", "BREW"] {
            assert!(set_method(method.as_bytes()).unwrap_err().contains(method));
        }
    }

    #[test]
    fn a_hook_cannot_set_a_version_before_http_1_1() {
        let set_version = |version| check_changed_request(|request| *request.version_mut() = version);
        assert!(set_version(Version::HTTP_09).is_err() && set_version(Version::HTTP_10).is_err());
        assert!(set_version(Version::HTTP_11).is_ok() && set_version(Version::HTTP_2).is_ok());
    }

    #[test]
    fn a_hook_cannot_set_a_header_that_frames_the_request() {
        let set_header = |name| {
            let value = HeaderValue::from_static("7");
            check_changed_request(|request| {
                drop(request.headers_mut().insert(HeaderName::from_static(name), value))
            })
        };
        assert_eq!(set_header("x-caller"), Ok(()));
        assert!(set_header("content-length").unwrap_err().contains("`content-length`"));
    }
}
