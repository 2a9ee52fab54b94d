//! What the runtime knows of an API as a whole.

use crate::error::Failure;
use crate::operation::Operation;
use crate::plumbing::failure;
use crate::{Json, JsonObject};

/// One partner API: what is the same for all its operations.
#[derive(Debug)]
#[non_exhaustive]
pub struct Api {
    /// Its title, for messages.
    pub title: &'static str,
    /// The header that carries the key, in lower case.
    pub key_header: &'static str,
    /// How it wraps its responses.
    pub envelope: Option<Envelope>,
    /// The names of the properties and parameters of requests that hold secrets or personal data, sorted.
    pub(crate) sensitive: &'static [&'static str],
    /// Reads the body of a failure.
    pub(crate) failure: fn(&FailureBody<'_>) -> Failure,
    /// Whether a body is that of a failure although its status says success. It is asked only where a key begins with
    /// `error`, and gets the status only where the operation documents it.
    pub(crate) is_failure: fn(&JsonObject, Option<u16>) -> bool,
}

/// For generated code.
#[doc(hidden)]
impl Api {
    /// An API with this title, without envelope and key.
    pub const fn new(title: &'static str) -> Api {
        Api {
            title,
            key_header: "",
            envelope: None,
            sensitive: &[],
            failure: failure::read,
            is_failure: failure::is_failure,
        }
    }

    /// Sets the header that carries the key, in lower case.
    pub const fn key_header(mut self, name: &'static str) -> Api {
        self.key_header = name;
        self
    }

    /// Sets how it wraps its responses.
    pub const fn envelope(mut self, envelope: Envelope) -> Api {
        self.envelope = Some(envelope);
        self
    }

    /// Sets the names of what is sensitive, sorted.
    pub const fn sensitive(mut self, names: &'static [&'static str]) -> Api {
        self.sensitive = names;
        self
    }

    /// Sets how failures are read, and how those are recognized that have a status of success.
    pub const fn failures(
        mut self,
        read: fn(&FailureBody<'_>) -> Failure,
        is_failure: fn(&JsonObject, Option<u16>) -> bool,
    ) -> Api {
        self.failure = read;
        self.is_failure = is_failure;
        self
    }
}

/// How the keys begin by which failures are known, of all APIs.
pub(crate) const FAILURE_KEY: &str = "error";

/// How an API wraps its responses: a flag, and the contents.
#[derive(Debug, Clone, Copy)]
pub struct Envelope {
    /// The key that says whether the call succeeded.
    pub success: &'static str,
    /// The key that holds the contents.
    pub data: &'static str,
}

/// What an API sent instead of a success.
#[derive(Debug)]
pub struct FailureBody<'a> {
    /// The operation that failed.
    pub operation: &'a Operation,
    /// The HTTP status.
    pub status: u16,
    /// The body as JSON, when it is JSON.
    pub json: Option<&'a Json>,
}
