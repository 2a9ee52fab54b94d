//! Newtypes: ids and codes that are plain values on the wire.

use partner_model::{About, Wrapped};
use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::ident::ident;

pub(super) fn emit(name: &str, about: &About, wraps: Wrapped) -> TokenStream {
    let docs = docs::of_schema(about, &format!("`{name}`."));
    let name = ident(name);
    let (kind, inner) = match wraps {
        Wrapped::String => ("string", quote! { String }),
        Wrapped::StringOrInteger => ("string_or_integer", quote! { String }),
        Wrapped::Uuid => ("uuid", quote! { uuid::Uuid }),
        Wrapped::Integer => ("integer", quote! { i64 }),
    };
    let kind = ident(kind);
    let sensitive = about.sensitive.then(|| ident("sensitive"));
    quote! {
        #docs
        #[derive(Clone, PartialEq, PartialOrd, Ord, Hash)]
        pub struct #name(#inner);

        partner_runtime::plumbing::newtype!(#kind #name #sensitive);
    }
}
