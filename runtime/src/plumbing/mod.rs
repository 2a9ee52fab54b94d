//! The parts of this crate that only generated code uses. The module is public because generated code may be in any
//! crate. It is hidden from the docs, and changes together with the generator, without notice.
//!
//! - Tables: `const` functions build [`Api`](crate::api::Api) and [`OperationEntry`](crate::operation::OperationEntry).
//! - Calls: [`call_type!`] declares the type of all calls once in a crate, and [`PreparedCall`] is what it wraps. A
//!   request is built with [`RequestContext`].
//! - Models: [`object!`], [`string_enum!`], [`newtype!`] and [`UnresolvedUnionValue`] read and write structs, enums,
//!   plain values and unions.
//! - Lists and waits: generated code reads a response into a [`PageInfo`] or a [`WaitState`].
//! - Headers: the generator refuses a parameter for one of [`RESERVED_HEADER_NAMES`], as calls do.
//! - Failures: a module `failure` beside the generated one replaces [`prelude::failure`].

pub mod newtypes;
#[cfg(feature = "schemars")]
pub mod schema;

use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::{ApiClient, ClientBuilder, ServerVariableValue};
use crate::pages::{Items, Pages};
use crate::{Credential, Json, JsonError, Login, RawCall, Token, Unrecognized, Wait};

pub use crate::__call_type as call_type;
pub use crate::__impl_serde_for_value as impl_serde_for_value;
#[cfg(feature = "schemars")]
pub use crate::__json_schemas as json_schemas;
pub use crate::__newtype as newtype;
pub use crate::__object as object;
pub use crate::__string_enum as string_enum;

pub use crate::api::failure::{self, FailedResponse, Failure};
pub use crate::call::parameters::{
    DynamicRequestBuilder, ParameterFormat, ParameterStyle, UrlEncodedForm, format_rfc_3339,
};
pub use crate::call::{
    BoxFuture, CallOptions, FromResponse, PreparedCall, RESERVED_HEADER_NAMES, RequestBuildError,
    RequestBuildResult, RequestContext, SuccessResponse,
};
pub use crate::client::{Server, ServerVariableDefinition};
pub use crate::multipart::Form;
pub use crate::object::{
    DecimalsAsNumbers, OtherProperties, Property, PropertySlot, PropertyTable, ReadFailure, Value,
    ValueReader, ValueWriter, deserialize, flags, fmt_debug, serialize,
};
pub use crate::origin::Origin;
pub use crate::pages::{PageInfo, PageParamUnit, Paged};
pub use crate::path::encode_path;
pub use crate::query::QueryParam;
pub use crate::retry::ProcessingEvidence;
pub use crate::transport::Transport;
pub use crate::value::{UnresolvedUnionValue, read_enum};
pub use crate::wait::WaitState;

/// The names that are in scope in all generated modules. An item that a generated module declares itself takes
/// precedence. For example, an API's own module `failure` replaces the default module.
pub mod prelude {
    pub use super::failure;
    pub use crate::{bytes, chrono, http, reqwest, uuid};
}

/// Makes a builder that configures a client.
pub fn client_builder<C: ApiClient>() -> ClientBuilder<C> {
    ClientBuilder::new()
}

/// Makes the credential with an API key for the security scheme with this index.
pub fn key_credential(scheme: usize, key: impl Into<String>) -> Credential {
    Credential::key(scheme, key.into())
}

/// Makes a credential from a user name and a password. `scheme` is the index of the security scheme that requires it.
pub fn login_credential(scheme: usize, login: Login) -> Credential {
    Credential::login(scheme, login)
}

/// Makes a credential from a bearer token. `scheme` is the index of the security scheme that requires it.
pub fn token_credential(scheme: usize, token: impl Into<Token>) -> Credential {
    Credential::token(scheme, token.into())
}

/// Makes a server variable: the value of the variable `name` in the URLs of servers.
pub fn server_variable(name: &'static str, value: impl Into<String>) -> ServerVariableValue {
    ServerVariableValue::new(name, value.into())
}

/// Prepares a call of an operation that is not in the OpenAPI document. Nothing is sent yet.
pub fn raw_call(transport: &Transport, method: Method, path: String) -> RawCall {
    RawCall::new(transport, method, path)
}

/// Makes a [`Wait`], which repeats a call until the function `look` finds a final state in a response.
pub fn new_wait<C, T>(name: &'static str, call: C, look: fn(&T) -> WaitState) -> Wait<C, T> {
    Wait::new(name, call, look)
}

/// Makes the stream of all items of a list.
pub fn items<C: Paged>(call: C) -> Items<C::Item> {
    Items::new(call)
}

/// Makes the stream of the pages of a list.
pub fn pages<C: Paged>(call: C) -> Pages<C::Page> {
    Pages::new(call)
}

/// Converts a value into another type, by serializing the value as JSON and deserializing the JSON.
///
/// # Errors
///
/// When the JSON does not fit the other type.
pub fn convert_via_json<T: Serialize, U: DeserializeOwned>(value: &T) -> Result<U, JsonError> {
    Json::from_serialize(value)?.deserialize_as()
}

/// Whether a value is blank: `null`, `false`, zero, or an empty string, object or list.
pub fn is_blank_value(json: &Json) -> bool {
    json.is_blank()
}

/// Makes an [`Unrecognized`] for a string that is none of the known values of an enum.
pub fn unrecognized_from_str(value: &str) -> Unrecognized {
    Unrecognized::new(value)
}

/// Makes an [`Unrecognized`] for a text that is none of the known values of an enum. A text like `7` or `true` becomes
/// a number or a boolean, and any other text becomes a string.
pub fn unrecognized_from_literal(value: &str) -> Unrecognized {
    Unrecognized::from_text(value)
}

/// Makes an [`Unrecognized`] for JSON that is none of the known values of an enum. Returns `None` if the JSON is a
/// list, an object or null.
pub fn unrecognized_from_json(json: &Json) -> Option<Unrecognized> {
    Unrecognized::from_json(json)
}

/// Converts the text of an enum value into JSON. A text like `7` or `true` becomes a number or a boolean, and any other
/// text becomes a string.
pub fn literal_to_json(text: &str) -> Json {
    Unrecognized::from_text(text).to_json()
}
