//! The description of an API: the settings that all operations of the API share, like the name of the header that
//! carries the API key.

#[doc(hidden)]
pub mod failure;

use crate::JsonObject;
use failure::{FailedResponse, Failure};

/// The static description of an API, which generated code provides to the runtime.
#[derive(Debug)]
#[non_exhaustive]
pub struct Api {
    /// The title of the API, for error messages.
    pub title: &'static str,
    /// The name of the header that carries the API key, in lower case.
    pub api_key_header_name: &'static str,
    /// The API's security schemes. The list is empty if the API key in `api_key_header_name` is the only credential.
    pub(crate) security_schemes: &'static [SecurityScheme],
    /// The alternative sets of credentials for raw calls: calls of operations that the OpenAPI document does not
    /// describe. A raw call needs only one of the sets. Each set is a list of indices into `security_schemes`.
    pub(crate) raw_call_credential_alternatives: &'static [&'static [usize]],
    /// The envelope of the API's responses: the JSON object that wraps the data of each response. `None` if the API has
    /// no envelope.
    pub envelope: Option<Envelope>,
    /// The sorted names of the request properties and parameters that hold secrets or personal data.
    pub(crate) sensitive_names: &'static [&'static str],
    /// The function that reads the error code and message of a failed response.
    pub(crate) failure_reader: fn(&FailedResponse<'_>) -> Failure,
    /// The function that tells whether the body of a response with a success status reports a failure. It is called
    /// only for bodies with a property whose name begins with `error`. The second argument is the status of the
    /// response; `None` if the document does not list this status for the operation.
    pub(crate) failure_body_predicate: fn(&JsonObject, Option<u16>) -> bool,
}

/// A security scheme: how a request carries a credential.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum SecurityScheme {
    /// The credential is the value of a header. The string is the name of the header, in lower case.
    Header(&'static str),
    /// The credential is the value of a query parameter. The string is the name of the parameter.
    Query(&'static str),
    /// HTTP Basic authentication (`type: http`, `scheme: basic`).
    Basic,
    /// An HTTP bearer token (`type: http`, `scheme: bearer`).
    Bearer,
}

/// The constructor and the setters that generated code uses.
#[doc(hidden)]
impl Api {
    /// Creates the description of an API that has neither credentials nor an envelope (a JSON object around the data of
    /// each response).
    pub const fn new(title: &'static str) -> Api {
        Api {
            title,
            api_key_header_name: "",
            security_schemes: &[],
            raw_call_credential_alternatives: &[],
            envelope: None,
            sensitive_names: &[],
            failure_reader: failure::read_failure,
            failure_body_predicate: failure::is_failure_body,
        }
    }

    /// Sets the name of the header that carries the API key. The name must be in lower case.
    pub const fn api_key_header_name(mut self, name: &'static str) -> Api {
        self.api_key_header_name = name;
        self
    }

    /// Sets the security schemes of the API. `security` is used for calls of operations that the OpenAPI document does
    /// not describe. It lists sets of credentials, of which such a call needs only one. Each set is a list of indices
    /// into `schemes`.
    pub const fn security_schemes(
        mut self,
        schemes: &'static [SecurityScheme],
        security: &'static [&'static [usize]],
    ) -> Api {
        self.security_schemes = schemes;
        self.raw_call_credential_alternatives = security;
        self
    }

    /// Sets the envelope of the API's responses.
    pub const fn envelope(mut self, envelope: Envelope) -> Api {
        self.envelope = Some(envelope);
        self
    }

    /// Sets the names of the properties and parameters that hold secrets or personal data. The list must be
    /// sorted.
    pub const fn sensitive_names(mut self, names: &'static [&'static str]) -> Api {
        self.sensitive_names = names;
        self
    }

    /// Sets two functions. `read` reads the error code and message of a failed response. `is_failure` tells whether the
    /// body of a response with a success status reports a failure.
    pub const fn failure_functions(
        mut self,
        read: fn(&FailedResponse<'_>) -> Failure,
        is_failure: fn(&JsonObject, Option<u16>) -> bool,
    ) -> Api {
        self.failure_reader = read;
        self.failure_body_predicate = is_failure;
        self
    }
}

/// The prefix of the JSON properties that may report a failure, like `errorCode`. It is the same for all APIs.
pub(crate) const FAILURE_PROPERTY_NAME_PREFIX: &str = "error";

/// The envelope of an API: the JSON object that wraps the data of each response.
#[derive(Debug, Clone, Copy)]
pub struct Envelope {
    /// The name of the envelope's boolean property that tells whether the call succeeded.
    pub success_property_name: &'static str,
    /// The name of the envelope's property that holds the data of the response.
    pub data_property_name: &'static str,
}
