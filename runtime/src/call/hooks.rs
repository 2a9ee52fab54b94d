//! What the client's hooks see of an attempt.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Version};
use reqwest::{Request, Url};

use super::attempt::Sending;
use super::headers::first_reserved;
use crate::Error;
use crate::hook::Attempt;
use crate::operation::{METHODS, is_idempotent};

impl Sending {
    /// Shows them a request, before the key is added. Returns whether sending what they leave of it twice is harmless.
    pub(super) fn ask_hooks(&self, request: &mut Request) -> Result<bool, Error> {
        let operation = self.call.operation;
        let hooks = self.call.transport.hooks();
        if hooks.is_empty() {
            return Ok(operation.is_repeatable());
        }
        let (method, url) = (request.method().clone(), request.url().clone());
        let attempt = self.about(None);
        for hook in hooks {
            hook.request(&attempt, request).map_err(|error| Error::hook(error, false))?;
        }
        check(self.call.transport.server(), request).map_err(|why| Error::hook(why.into(), false))?;
        // What is documented of an operation says nothing about another method or address.
        let as_documented = *request.method() == method && *request.url() == url;
        Ok(is_idempotent(request.method().as_str()) || (operation.idempotent && as_documented))
    }

    /// Shows them an answer, which is read from what they leave of it.
    pub(super) fn show_hooks(
        &self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<(StatusCode, HeaderMap, Bytes), Error> {
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        let attempt = self.about(None);
        for hook in self.call.transport.hooks().iter().rev() {
            if let Err(error) = hook.response(&attempt, &mut response) {
                let (head, body) = response.into_parts();
                return Err(Error::hook(error, true).with_answer(head.status, head.headers, body));
            }
        }
        let (head, body) = response.into_parts();
        Ok((head.status, head.headers, body))
    }

    /// Tells them how the attempt ended.
    pub(super) fn finished(&self, result: Result<StatusCode, &Error>, retry_in: Option<Duration>) {
        let hooks = self.call.transport.hooks();
        if hooks.is_empty() {
            return;
        }
        let attempt = self.about(retry_in);
        hooks.iter().rev().for_each(|hook| hook.finished(&attempt, result));
    }

    fn about(&self, retry_in: Option<Duration>) -> Attempt {
        Attempt {
            operation: self.call.operation,
            number: self.now.number,
            started: self.now.started,
            retry_in,
        }
    }
}

/// Refuses what a hook must not do to a request.
fn check(server: &Url, request: &Request) -> Result<(), String> {
    if !stays_on(server, request.url()) {
        return Err(String::from("a request must stay on the server of its client"));
    }
    if !METHODS.contains(&request.method().as_str()) {
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

/// Whether a request is still for its server: the key would go with it.
fn stays_on(server: &Url, url: &Url) -> bool {
    (url.scheme(), url.host_str(), url.port_or_known_default())
        == (server.scheme(), server.host_str(), server.port_or_known_default())
}
