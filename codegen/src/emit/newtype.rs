//! Emits newtypes: the types of ids and codes, which are plain strings or integers in JSON.

use partner_model::{SchemaDetails, WrappedType};
use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::ident::create_ident;

pub(super) fn emit_newtype(name: &str, details: &SchemaDetails, wraps: WrappedType) -> TokenStream {
    let docs = docs::emit_schema_docs(details, &format!("`{name}`."));
    let name = create_ident(name);
    let (kind, inner) = match wraps {
        WrappedType::String => ("string", quote! { String }),
        WrappedType::StringOrInteger => ("string_or_integer", quote! { String }),
        WrappedType::Uuid => ("uuid", quote! { uuid::Uuid }),
        WrappedType::Integer => ("integer", quote! { i64 }),
    };
    let kind = create_ident(kind);
    let sensitive = details.is_sensitive.then(|| create_ident("sensitive"));
    quote! {
        #docs
        #[derive(Clone, PartialEq, PartialOrd, Ord, Hash)]
        pub struct #name(#inner);

        partner_runtime::plumbing::newtype!(#kind #name #sensitive);
    }
}
