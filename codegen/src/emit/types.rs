//! How values are taken from callers, and written.

use proc_macro2::TokenStream;
use quote::quote;

use crate::core::{DECIMAL, JSON, JSON_OBJECT, Value, name_of};
use partner_model::{Model, Schema};

/// A value as it is written to JSON: decimals that the document has as numbers are written as such.
pub(super) fn as_json(value: TokenStream, schema: &Schema) -> TokenStream {
    match schema.has_numbers() {
        true => quote! { &partner_runtime::plumbing::AsNumber(#value) },
        false => value,
    }
}

/// How an argument of some type is taken, and what makes the value of it.
pub(super) struct Taken {
    /// The type of the argument.
    pub(super) argument: TokenStream,
    /// The value, made of the argument of that name.
    pub(super) value: TokenStream,
}

/// Takes an argument the way that is easiest for callers: text from anything that is text, lists from arrays, objects
/// from pairs.
pub(super) fn take(name: &syn::Ident, of: &Value, model: &Model) -> Taken {
    if of.optional {
        return Taken { argument: quote! { #of }, value: quote! { #name } };
    }
    let bare = &of.ty;
    let into = match name_of(bare).as_deref() {
        Some("String" | "Vec" | DECIMAL | JSON | JSON_OBJECT) => true,
        Some(other) => model.union(other).is_some(),
        None => false,
    };
    let (argument, value) = if into {
        (quote! { impl Into<#bare> }, quote! { #name.into() })
    } else {
        (quote! { #bare }, quote! { #name })
    };
    Taken {
        argument,
        value: if of.boxed {
            quote! { Box::new(#value) }
        } else {
            value
        },
    }
}
