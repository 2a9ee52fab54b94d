//! Identifiers of generated code.

use proc_macro2::{Ident, Span};

/// Creates an identifier for generated code.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
