//! The ways to call an operation.

use partner_model::names::type_name;
use partner_model::{Content, Media, Operation};
use proc_macro2::Ident;
use quote::format_ident;

/// One way to call an operation.
pub(crate) struct Callable<'a> {
    /// The name of the client's method.
    pub(crate) name: String,
    pub(super) media: Option<&'a Media>,
}

/// The ways to call an operation: one, or one for each media type that its body may have.
pub(crate) fn callables(operation: &Operation) -> Vec<Callable<'_>> {
    let media = operation.media();
    if media.is_empty() {
        return vec![Callable { name: operation.name.clone(), media: None }];
    }
    let name = |(index, media): (usize, &Media)| match (&media.method_name, index, &media.content) {
        (Some(name), ..) => name.clone(),
        (None, 0, _) => operation.name.clone(),
        (None, _, Content::Json(_)) => format!("{}_json", operation.name),
        (None, _, Content::Multipart(_)) => format!("{}_multipart", operation.name),
        (None, _, Content::UrlEncoded(_)) => format!("{}_form", operation.name),
        (None, _, Content::Bytes) => format!("{}_bytes", operation.name),
    };
    media.iter().enumerate().map(|at| Callable { name: name(at), media: Some(at.1) }).collect()
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
