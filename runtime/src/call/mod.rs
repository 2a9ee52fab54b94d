//! Prepares, sends and retries a call, and turns its response into a value or an error.
//!
//! Generated code only builds the request. This module does the rest: it adds the API key and the common headers, sends
//! the request, retries it if that is safe and time is left, reads the response up to a size limit, and takes the data
//! out of the envelope.
//!
//! - `prepared_call`: a call with its arguments, for any operation
//! - `options`: the options of one call
//! - `parameters`: parameters that the generated request functions cannot write, and URL-encoded forms
//! - `context`: the context from which generated code builds the request
//! - `request`: the parts that the requests of all attempts share
//! - `repeat`: the loop of attempts, permits and pauses, within the time of the call
//! - `attempt`: one attempt
//! - `hooks`: calls of the client's hooks during an attempt
//! - `headers`: headers that only the HTTP client sets
//! - `guard`: whether a connection took any of a body before the call revoked it
//! - `guarded_body`: the body in the hands of the HTTP client, and whether its source failed
//! - `body`: the body of a response, read up to a limit
//! - `classify`: whether a response is a success
//! - `success`: the contents of a success
//! - `secrets`: the secrets that errors must not show

mod attempt;
mod body;
mod classify;
mod context;
mod guard;
#[cfg(test)]
mod guard_tests;
mod guarded_body;
mod headers;
mod hooks;
mod options;
pub(crate) mod parameters;
pub(crate) mod prepared_call;
mod repeat;
mod request;
mod secrets;
mod success;
#[cfg(test)]
mod test_client;

use std::pin::Pin;
use std::sync::atomic;

pub use context::{RequestBuildError, RequestBuildResult, RequestContext};
pub use headers::RESERVED_HEADER_NAMES;
pub use options::CallOptions;
pub use prepared_call::PreparedCall;
pub use success::{FromResponse, SuccessResponse};

/// The boxed future that a call becomes when it is awaited.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
