//! What makes a type implement `JsonSchema` in a client with the feature `schemars`. The schema follows from the type
//! itself; the functions that are named here correct what it would not say as the wire has it.

use proc_macro2::TokenStream;
use quote::quote;

/// The attribute of a model.
pub(super) fn of_model() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(transform = exact))] }
}

/// The attribute of a field that may be null. Any other may not be, although an `Option` reads null as well.
pub(super) fn of_nullable(required: bool) -> TokenStream {
    match required {
        true => quote! { #[cfg_attr(feature = "schemars", schemars(required, extend("nullable" = true)))] },
        false => quote! { #[cfg_attr(feature = "schemars", schemars(extend("nullable" = true)))] },
    }
}

/// The attribute of a string enum: its values are those of the wire, not the names in Rust.
pub(super) fn of_enum() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(transform = Self::wire))] }
}

/// The attribute of a union.
pub(super) fn of_union() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(untagged, transform = exact))] }
}

/// The attribute of a union's alternative that nobody knows: any object.
pub(super) fn of_any_object() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", schemars(with = "crate::JsonObject"))] }
}

/// What the attributes name.
pub(super) fn imports() -> TokenStream {
    quote! {
        #[cfg(feature = "schemars")]
        #[allow(unused_imports)]
        use crate::schema::{JsonSchema, exact};
    }
}
