//! What the runtime knows of an API as a whole.

use crate::error::Failure;
use crate::operation::Operation;
use crate::{Json, JsonObject};

/// One partner API: what is the same for all its operations.
#[derive(Debug)]
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
pub(crate) struct FailureBody<'a> {
    /// The operation that failed.
    pub(crate) operation: &'a Operation,
    pub(crate) status: u16,
    /// The body as JSON, when it is JSON.
    pub(crate) json: Option<&'a Json>,
}
