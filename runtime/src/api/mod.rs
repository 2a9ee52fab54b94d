//! The description of an API: the settings that all its operations share, like the envelope of responses.

#[doc(hidden)]
pub mod failure;

use crate::JsonObject;
use failure::{FailedResponse, Failure};

/// The static description of a partner API.
#[derive(Debug)]
#[non_exhaustive]
pub struct Api {
    /// The title of the API, for error messages.
    pub title: &'static str,
    /// The name of the header that carries the API key, in lower case.
    pub key_header: &'static str,
    /// The API's security schemes. The list is empty if the only scheme is an API key in the header `key_header`.
    pub(crate) security_schemes: &'static [Scheme],
    /// The default security requirements of the API, which apply to calls of undocumented operations. Each requirement
    /// is a list of indices into `security_schemes`.
    pub(crate) default_security: &'static [&'static [usize]],
    /// The envelope of the API's responses: the JSON object around their contents. `None` if responses have no
    /// envelope.
    pub envelope: Option<Envelope>,
    /// The sorted names of the request properties and parameters that hold secrets or personal data.
    pub(crate) sensitive_names: &'static [&'static str],
    /// Reads the code and the message from the body of a failed response.
    pub(crate) read_failure: fn(&FailedResponse<'_>) -> Failure,
    /// Returns whether the body of a response with a success status reports a failure. The client asks only about
    /// bodies with a property whose name begins with `error`. The second argument is the status; `None` if the document
    /// does not list this status for the operation.
    pub(crate) is_failure: fn(&JsonObject, Option<u16>) -> bool,
}

/// A security scheme: the place in a request where a credential goes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Scheme {
    /// The credential is the value of the header with this name, in lower case.
    Header(&'static str),
    /// The credential is the value of the query parameter with this name.
    Query(&'static str),
    /// HTTP Basic authentication (`type: http`, `scheme: basic`).
    Basic,
    /// An HTTP bearer token (`type: http`, `scheme: bearer`).
    Bearer,
}

/// The constructor and setters with which generated code describes its API.
#[doc(hidden)]
impl Api {
    /// Returns the description of an API with this title, without an envelope and without an API key.
    pub const fn new(title: &'static str) -> Api {
        Api {
            title,
            key_header: "",
            security_schemes: &[],
            default_security: &[],
            envelope: None,
            sensitive_names: &[],
            read_failure: failure::read,
            is_failure: failure::is_failure,
        }
    }

    /// Sets the name of the header that carries the API key. The name must be in lower case.
    pub const fn key_header(mut self, name: &'static str) -> Api {
        self.key_header = name;
        self
    }

    /// Sets the security schemes, and the default security requirements of the API.
    pub const fn schemes(mut self, schemes: &'static [Scheme], security: &'static [&'static [usize]]) -> Api {
        self.security_schemes = schemes;
        self.default_security = security;
        self
    }

    /// Sets the envelope of the API's responses.
    pub const fn envelope(mut self, envelope: Envelope) -> Api {
        self.envelope = Some(envelope);
        self
    }

    /// Sets the names of the properties and parameters that hold secrets or personal data. The list must be
    /// sorted.
    pub const fn sensitive(mut self, names: &'static [&'static str]) -> Api {
        self.sensitive_names = names;
        self
    }

    /// Sets the function that reads a failure, and the function that recognizes a failure in a response with a 2xx
    /// status.
    pub const fn failures(
        mut self,
        read: fn(&FailedResponse<'_>) -> Failure,
        is_failure: fn(&JsonObject, Option<u16>) -> bool,
    ) -> Api {
        self.read_failure = read;
        self.is_failure = is_failure;
        self
    }
}

/// The beginning of the names of those JSON properties that may report a failure, like `errorCode`. It is the same for
/// all APIs.
pub(crate) const FAILURE_PROPERTY_PREFIX: &str = "error";

/// The JSON object in which an API wraps the contents of every response.
#[derive(Debug, Clone, Copy)]
pub struct Envelope {
    /// The name of the boolean property that says whether the call succeeded.
    pub success: &'static str,
    /// The name of the property that holds the contents of the response.
    pub data: &'static str,
}
