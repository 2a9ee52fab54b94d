//! The ways to call an operation.

use partner_model::names::type_name;
use partner_model::{Media, Operation};
use proc_macro2::Ident;
use quote::format_ident;

/// One way to call an operation.
pub(crate) struct Callable<'a> {
    /// The name of the client's method.
    pub(crate) name: String,
    /// The media type of the body that it sends.
    pub(crate) media: Option<&'a Media>,
}

/// The ways to call an operation: one, or one for each media type that its body may have.
pub(crate) fn callables(operation: &Operation) -> Vec<Callable<'_>> {
    operation.methods().into_iter().map(|(name, media)| Callable { name, media }).collect()
}

/// The type of an operation's arguments, which stands for the operation.
pub(super) fn arguments_type(name: &str) -> Ident {
    format_ident!("{}Operation", type_name(name))
}

/// Names that a parameter cannot have: every call has them already, as fields, methods or variables.
pub(crate) fn reserved_arguments() -> &'static [&'static str] {
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
