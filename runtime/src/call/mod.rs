//! One call: it is prepared, sent and retried, and its response becomes a value or an error.
//!
//! Generated code builds the request, and nothing more: sent as it is, it would go out once, and its response would be
//! read without a limit. This module adds the key and the headers that all requests have, attempts the call as often as
//! that is safe and the time allows, reads the response up to a limit and takes its contents out of the envelope.
//!
//! - `prepared`: a call with its arguments, for any operation
//! - `options`: what can be set for one call
//! - `parameters`: parameters that the generated request functions cannot write, and URL-encoded forms
//! - `context`: what generated code builds the request with
//! - `request`: what the requests of all attempts have in common
//! - `repeat`: the loop of attempts, permits and pauses, within the time of the call
//! - `attempt`: one attempt
//! - `hooks`: what the client's hooks see of an attempt
//! - `headers`: headers that only the HTTP client sets
//! - `guard`: whether a connection took any of a body before the call revoked it
//! - `guarded_body`: the body in the hands of the HTTP client, and whether its source failed
//! - `body`: the body of a response, read up to a limit
//! - `classify`: whether a response is a success
//! - `success`: the contents of a success
//! - `secrets`: what errors must not show

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
pub(crate) mod prepared;
mod repeat;
mod request;
mod secrets;
mod success;

use std::pin::Pin;
use std::sync::atomic;

pub use context::{BuiltRequest, RequestContext, RequestError};
pub use headers::RESERVED_HEADERS;
pub use options::CallOptions;
pub use prepared::PreparedCall;
pub use success::{FromResponse, SuccessResponse};

/// The future that `.await` on a call waits for.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
