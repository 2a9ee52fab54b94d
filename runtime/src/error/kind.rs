//! The kinds of failures, and the limits of time that a call can run into.

/// What kind of failure it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is configured wrongly: no key, no server, an address that is none.
    Configuration,
    /// The request could not be made: an argument that cannot be sent, a file or another source of the body that cannot
    /// be read. When that was found midway, the beginning of the body may have been sent.
    Request,
    /// A [`Hook`](crate::Hook) of this client stopped the call.
    Hook,
    /// The client's own limits on rate or concurrency left no turn for the call within its time. Nothing was sent.
    Throttled,
    /// The server was not reached.
    Connect,
    /// No response came in time. Which time it was, says [`Error::timed_out`](crate::Error::timed_out).
    Timeout,
    /// The connection broke, or what came was not HTTP.
    Transport,
    /// A `reqwest::Client` that was handed in followed a redirect, and the response is another server's.
    Redirected,
    /// The response is larger than the client accepts, or its values would take too much memory; see
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes).
    TooLarge,
    /// The response does not fit the document, or the pages of a list contradict each other. The request may have been
    /// executed.
    Decode,
    /// The API reported a failure, with a status of failure or of success.
    Api,
    /// A wait ended without the state that was waited for:
    /// [`Error::wait_error`](crate::Error::wait_error) has the state.
    Wait,
}

impl ErrorKind {
    /// Its name in logs: short, in lower case, never another one.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Configuration => "configuration",
            ErrorKind::Request => "request",
            ErrorKind::Hook => "hook",
            ErrorKind::Throttled => "throttled",
            ErrorKind::Connect => "connect",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Transport => "transport",
            ErrorKind::Redirected => "redirected",
            ErrorKind::TooLarge => "too_large",
            ErrorKind::Decode => "decode",
            ErrorKind::Api => "api",
            ErrorKind::Wait => "wait",
        }
    }
}

/// A limit of time that a call ran into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Deadline {
    /// Of connecting: [`ClientBuilder::connect_timeout`](crate::ClientBuilder::connect_timeout). Nothing was sent.
    Connect,
    /// Of one attempt: [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout), or a limit that a
    /// `reqwest::Client` or the operating system has of its own.
    Attempt,
    /// Of the whole call: [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    Call,
}
