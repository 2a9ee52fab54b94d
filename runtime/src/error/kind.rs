//! The kinds of errors, and the time limits of a call.

/// The kind of an [`Error`](crate::Error).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The configuration of the client is invalid. For example, the key or the server is missing, an address or a
    /// certificate is malformed, or a limit is zero. An error also has this kind if a
    /// [`TokenProvider`](crate::TokenProvider) fails when a call needs a token.
    Configuration,
    /// The request could not be built: an argument has a value that cannot be sent, or the body of the request could
    /// not be read, e.g. from a file. If reading failed midway, the beginning of the body may have been sent.
    Request,
    /// A [`Hook`](crate::Hook) of this client stopped the call.
    StoppedByHook,
    /// The call could not start within its time limit, because of the client's own rate limit or concurrency limit.
    /// Nothing was sent.
    Throttled,
    /// The client could not connect to the server.
    Connect,
    /// No response came in time. [`Error::exceeded_time_limit`](crate::Error::exceeded_time_limit) returns the exceeded
    /// time limit.
    Timeout,
    /// The connection broke, or the response was not HTTP.
    Transport,
    /// A custom `reqwest::Client` followed a redirect, so the response comes from another server.
    Redirected,
    /// The response is larger than the client accepts, or its values would take too much memory; see
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes).
    ResponseTooLarge,
    /// The response does not conform to the OpenAPI document, or the pages of a list contradict each other. The server
    /// may have executed the request, unless the request only reads.
    Decode,
    /// The API reported a failure: its response has an error status, or it has a success status and a body that reports
    /// a failure.
    Api,
    /// A wait failed: a method that polls until a state is reached, like `wait_until_verified`, ended without this
    /// state. [`Error::wait_error`](crate::Error::wait_error) has the last state.
    Wait,
}

impl ErrorKind {
    /// Returns the name by which logs show the kind. The name is short, in lower case, and never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Configuration => "configuration",
            ErrorKind::Request => "request",
            ErrorKind::StoppedByHook => "hook",
            ErrorKind::Throttled => "throttled",
            ErrorKind::Connect => "connect",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Transport => "transport",
            ErrorKind::Redirected => "redirected",
            ErrorKind::ResponseTooLarge => "too_large",
            ErrorKind::Decode => "decode",
            ErrorKind::Api => "api",
            ErrorKind::Wait => "wait",
        }
    }
}

/// The time limit that a call exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeLimit {
    /// The time limit for connecting, [`ClientBuilder::connect_timeout`](crate::ClientBuilder::connect_timeout). If an
    /// attempt exceeds it, this attempt has sent nothing, but an earlier attempt of the call may have been sent.
    Connect,
    /// A time limit of a single attempt. It was set with
    /// [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout), or is a limit of the
    /// `reqwest::Client` or of the operating system.
    Attempt,
    /// The time limit of the whole call, [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    Call,
}

#[cfg(test)]
mod tests {
    use super::ErrorKind::{self, *};

    #[test]
    fn the_names_of_kinds_in_logs_never_change() {
        let names = [
            (Configuration, "configuration"),
            (Request, "request"),
            (StoppedByHook, "hook"),
            (Throttled, "throttled"),
            (Connect, "connect"),
            (Timeout, "timeout"),
            (Transport, "transport"),
            (Redirected, "redirected"),
            (ResponseTooLarge, "too_large"),
            (Decode, "decode"),
            (Api, "api"),
            (Wait, "wait"),
        ];
        for (kind, name) in names {
            assert_eq!(ErrorKind::as_str(kind), name);
        }
    }
}
