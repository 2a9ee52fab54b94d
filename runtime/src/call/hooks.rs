//! The calls of the client's hooks during an attempt.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Version};
use reqwest::{Request, Url};

use super::attempt::ActiveCall;
use super::headers::first_reserved;
use crate::Error;
use crate::hook::Attempt;
use crate::operation::{METHODS, Operation, is_idempotent};

impl ActiveCall {
    /// Shows the hooks a request, before the key is added. Returns whether sending the request twice, as they leave it, is
    /// harmless.
    pub(super) fn show_hooks_request(&self, request: &mut Request) -> Result<bool, Error> {
        let operation = self.context.operation;
        let hooks = self.context.transport.hooks();
        if hooks.is_empty() {
            return Ok(operation.is_repeatable());
        }
        let (method, url) = (request.method().clone(), request.url().clone());
        let attempt = self.hook_attempt(None);
        for hook in hooks {
            hook.request(&attempt, request).map_err(|error| Error::hook(error, false))?;
        }
        check(operation, self.context.transport.server(operation), request)
            .map_err(|why| Error::hook(why.into(), false))?;
        // That an operation is documented as idempotent says nothing about another method or URL.
        let as_documented = *request.method() == method && *request.url() == url;
        Ok(is_idempotent(request.method().as_str()) || (operation.idempotent && as_documented))
    }

    /// Shows the hooks a response, which is then read as they leave it.
    pub(super) fn show_hooks_response(
        &self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<(StatusCode, HeaderMap, Bytes), Error> {
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        let attempt = self.hook_attempt(None);
        for hook in self.context.transport.hooks().iter().rev() {
            if let Err(error) = hook.response(&attempt, &mut response) {
                let (head, body) = response.into_parts();
                return Err(Error::hook(error, true).with_response(head.status, head.headers, body));
            }
        }
        let (head, body) = response.into_parts();
        Ok((head.status, head.headers, body))
    }

    /// Tells the hooks how the attempt ended.
    pub(super) fn tell_hooks_finished(&self, result: Result<StatusCode, &Error>, retry_in: Option<Duration>) {
        let hooks = self.context.transport.hooks();
        if hooks.is_empty() {
            return;
        }
        let attempt = self.hook_attempt(retry_in);
        hooks.iter().rev().for_each(|hook| hook.finished(&attempt, result));
    }

    fn hook_attempt(&self, retry_in: Option<Duration>) -> Attempt {
        Attempt {
            operation: self.context.operation,
            number: self.attempt.number,
            started: self.attempt.started,
            retry_in,
        }
    }
}

/// Refuses changes that a hook must not make to a request.
fn check(operation: &Operation, server: &Url, request: &Request) -> Result<(), String> {
    if !stays_on(server, request.url()) {
        return Err(String::from("a request must stay on the server of its client"));
    }
    let method = request.method().as_str();
    if method != operation.method && !METHODS.contains(&method) {
        return Err(format!("`{}` is no method that this client sends", request.method()));
    }
    // Before HTTP/1.1 there are no chunks, and a body of unknown length would be dropped without a word.
    if request.version() < Version::HTTP_11 {
        return Err(format!("a request cannot be sent as {:?}", request.version()));
    }
    match first_reserved(request.headers()) {
        Some(name) => {
            Err(format!("`{name}` belongs to the connection or frames the request; it cannot be set"))
        }
        None => Ok(()),
    }
}

/// Whether a request still goes to its client's server. The API key goes with it.
fn stays_on(server: &Url, url: &Url) -> bool {
    (url.scheme(), url.host_str(), url.port_or_known_default())
        == (server.scheme(), server.host_str(), server.port_or_known_default())
}
