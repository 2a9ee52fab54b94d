//! Newtypes: ids and codes that are plain values on the wire.

use partner_model::{Definition, Wrapped};
use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, json_schema};
use crate::ident::ident;

pub(super) fn emit(name: &str, definition: &Definition, wraps: Wrapped) -> TokenStream {
    let docs = docs::of_schema(&definition.about, &format!("`{name}`."));
    let name = ident(name);
    let (kind, inner) = match wraps {
        Wrapped::String => ("string", quote! { String }),
        Wrapped::StringOrInteger => ("string_or_integer", quote! { String }),
        Wrapped::Uuid => ("uuid", quote! { uuid::Uuid }),
        Wrapped::Integer => ("integer", quote! { i64 }),
    };
    let kind = ident(kind);
    let sensitive = definition.about.sensitive.then(|| ident("sensitive"));
    let schema = json_schema::of_newtype();
    quote! {
        #docs
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #schema
        pub struct #name(#inner);

        partner_runtime::plumbing::newtype!(#kind #name #sensitive);
    }
}
