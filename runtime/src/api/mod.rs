//! An API as a whole: what is the same for all its operations.

#[doc(hidden)]
pub mod failure;

use crate::JsonObject;
use failure::{Failure, FailureBody};

/// A partner API.
#[derive(Debug)]
#[non_exhaustive]
pub struct Api {
    /// Its title, for messages.
    pub title: &'static str,
    /// The header that carries the key, in lower case.
    pub key_header: &'static str,
    /// The security schemes that operations require, unless that is one key in a header.
    pub(crate) schemes: &'static [Scheme],
    /// The security requirements of the whole document, for calls of operations that are not documented.
    pub(crate) security: &'static [&'static [usize]],
    /// The envelope of its responses, if it has one.
    pub envelope: Option<Envelope>,
    /// The names of the properties and parameters of requests that hold secrets or personal data, sorted.
    pub(crate) sensitive: &'static [&'static str],
    /// Reads the body of a failure.
    pub(crate) failure: fn(&FailureBody<'_>) -> Failure,
    /// Whether a body reports a failure although its status is a success. It is called only for bodies with a key that begins
    /// with `error`, and gets the status only if the operation documents it.
    pub(crate) is_failure: fn(&JsonObject, Option<u16>) -> bool,
}

/// Where a credential goes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Scheme {
    /// A header with this name, in lower case.
    Header(&'static str),
    /// A parameter of the query with this name.
    Query(&'static str),
    /// `http` with `basic`.
    Basic,
    /// `http` with `bearer`.
    Bearer,
}

/// For generated code.
#[doc(hidden)]
impl Api {
    /// An API with this title, without an envelope and without a key.
    pub const fn new(title: &'static str) -> Api {
        Api {
            title,
            key_header: "",
            schemes: &[],
            security: &[],
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

    /// Sets the security schemes, and the requirements of the whole document.
    pub const fn schemes(mut self, schemes: &'static [Scheme], security: &'static [&'static [usize]]) -> Api {
        self.schemes = schemes;
        self.security = security;
        self
    }

    /// Sets the envelope of its responses.
    pub const fn envelope(mut self, envelope: Envelope) -> Api {
        self.envelope = Some(envelope);
        self
    }

    /// Sets the names of the sensitive properties and parameters, sorted.
    pub const fn sensitive(mut self, names: &'static [&'static str]) -> Api {
        self.sensitive = names;
        self
    }

    /// Sets how the responses of failures are read, and how a failure that comes with a 2xx status is recognized.
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

/// The beginning of the keys that report failures, for all APIs.
pub(crate) const FAILURE_KEY: &str = "error";

/// The object around the contents of an API's responses.
#[derive(Debug, Clone, Copy)]
pub struct Envelope {
    /// The key of the boolean that says whether the call succeeded.
    pub success: &'static str,
    /// The key of the contents.
    pub data: &'static str,
}
