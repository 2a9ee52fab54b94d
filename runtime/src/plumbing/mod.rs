//! What generated code needs of this crate besides its public types. It is public because generated code may be in any
//! crate, and hidden because nobody else should use it: it changes together with the generator, without notice.
//!
//! - Tables: [`Api`](crate::api::Api) and [`Operation`](crate::operation::Operation) are made by `const` functions.
//! - Calls: [`call_type!`] declares their type once in a crate, and [`PreparedCall`] is what it wraps. [`Call`] carries what
//!   progenitor's request is completed with.
//! - Models: [`string_enum!`], [`Choice`], [`Fields`] and [`as_number`] read and write what serde's derives do not.
//! - Lists and waits: [`Paged`] and [`WaitState`] say what a response means.
//! - Failures: a module `failure` beside the generated one replaces the [`prelude::failure`] of an API that has none.

pub mod failure;
#[cfg(feature = "schemars")]
pub mod schema;

use http::Method;

use crate::client::{ApiClient, ClientBuilder};
use crate::pages::{Items, Pages};
use crate::{Json, RawCall, Unrecognized, Wait};

pub use crate::__call_type as call_type;
pub use crate::__string_enum as string_enum;
pub use crate::api::FailureBody;
pub use crate::call::{
    BoxFuture, BuiltRequest, CallOptions, FromResponse, PreparedCall, RequestContext, SuccessResponse,
};
pub use crate::decimal::{AsNumber, NumberForm, as_number};
pub use crate::error::Failure;
pub use crate::json::Fields;
pub use crate::multipart::Form;
pub use crate::pages::{PageInfo, PageParam, Paged};
pub use crate::path::encode_path;
pub use crate::retry::Processed;
pub use crate::transport::Transport;
pub use crate::value::{Choice, Redacted, join, read_string, unknown_value};
pub use crate::wait::WaitState;
pub use progenitor_client::{Error as RequestError, QueryParam};

/// What is in scope in all generated modules. An item of the module itself goes before one of these, so a module
/// `failure` of the API's own replaces the default.
pub mod prelude {
    pub use super::failure;
    pub use crate::{bytes, chrono, http, reqwest, uuid};
}

/// Configures a client.
pub fn builder<C: ApiClient>() -> ClientBuilder<C> {
    ClientBuilder::new()
}

/// A call of an operation that no document has.
pub fn raw_call(transport: &Transport, method: Method, path: String) -> RawCall {
    RawCall::new(transport, method, path)
}

/// A wait for what `look` finds in the responses of a call.
pub fn wait<C, T>(name: &'static str, call: C, look: fn(&T) -> WaitState) -> Wait<C, T> {
    Wait::new(name, call, look)
}

/// The items of a list.
pub fn items<C: Paged>(call: C) -> Items<C::Item> {
    Items::of(call)
}

/// The pages of a list.
pub fn pages<C: Paged>(call: C) -> Pages<C::Page> {
    Pages::of(call)
}

/// Whether a value says nothing: `null`, `false`, zero, or a string, object or list that is empty.
pub fn is_blank(json: &Json) -> bool {
    json.is_blank()
}

/// A value that an enum does not know.
pub fn unrecognized(value: &str) -> Unrecognized {
    Unrecognized::new(value)
}
