//! Creates the identifiers of generated code.

use proc_macro2::{Ident, Span};

/// Creates the identifier `name` for generated code.
pub(crate) fn create_ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
