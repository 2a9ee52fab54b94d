//! Lists the client methods that call an operation. An operation has one such method for each media type of its request
//! body.

use partner_model::names::to_type_name;
use partner_model::{MediaType, Operation};
use proc_macro2::Ident;
use quote::format_ident;

/// A method of the client that calls an operation.
pub(crate) struct CallMethod<'a> {
    /// The name of the client's method.
    pub(crate) client_method_name: String,
    /// The media type of the body that the method sends; `None` if the method sends no body.
    pub(crate) body_media_type: Option<&'a MediaType>,
}

/// Returns the client methods that call an operation: one for each media type of the operation's body, or a single
/// method if the operation has no body.
pub(crate) fn list_call_methods(operation: &Operation) -> Vec<CallMethod<'_>> {
    operation
        .client_method_names_with_media_types()
        .into_iter()
        .map(|(method_name, media)| CallMethod { client_method_name: method_name, body_media_type: media })
        .collect()
}

/// Converts the name of a client's method to the name of its call type, like `get_user` to `GetUserOperation`. A call
/// type is a struct with the arguments of a call. It also identifies the operation in types like
/// `Call<GetUserOperation>`.
pub(super) fn to_call_type_name(method_name: &str) -> Ident {
    format_ident!("{}Operation", to_type_name(method_name))
}

/// Returns the names that no argument of a client method may have, because the generated code of every call has a
/// field, method or variable of the same name.
pub(crate) fn list_reserved_argument_names() -> &'static [&'static str] {
    &[
        "attempt_timeout",
        "body",
        "call",
        "client",
        "core",
        "encode_path",
        "form",
        "header",
        "header_map",
        "operation",
        "options",
        "ready",
        "retry",
        "send",
        "timeout",
    ]
}
