//! Emits response enums. An operation whose successful responses have different bodies returns an enum with a variant
//! for each status.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs;
use crate::core::GeneratedRequestsAndTypes;
use crate::ident::create_ident;
use partner_model::{Operation, StatusVariant, SuccessBody};

/// Emits the Rust type of the body of a successful response.
pub(super) fn emit_success_body_type(body: &SuccessBody, core: &GeneratedRequestsAndTypes) -> TokenStream {
    match body {
        SuccessBody::Empty => quote! { () },
        SuccessBody::Json(schema) => core.find_value_type_or_placeholder(schema).into_token_stream(),
        SuccessBody::AnyJson => quote! { partner_runtime::Json },
        SuccessBody::Text => quote! { String },
        SuccessBody::Bytes => quote! { bytes::Bytes },
    }
}

pub(super) fn emit_response_enum(
    operation: &Operation,
    name: &str,
    variants: &[StatusVariant],
    core: &GeneratedRequestsAndTypes,
) -> TokenStream {
    let type_name = create_ident(name);
    let docs = docs::emit_doc_comment([format!(
        "What [`Client::{}`] returns, by status.",
        operation.client_method_name
    )]);
    let names: Vec<_> = variants.iter().map(|variant| create_ident(&variant.variant_name)).collect();
    let types: Vec<_> = variants.iter().map(|variant| emit_success_body_type(&variant.body, core)).collect();
    let described = variants.iter().map(|StatusVariant { status, .. }| {
        let response = operation.responses.iter().find(|r| r.status == *status);
        let meaning = response.map(|r| docs::to_rustdoc_markdown_line(&r.description)).unwrap_or_default();
        docs::emit_doc_comment([format!("`{status}`: {meaning}")])
    });
    let read = variants.iter().map(|StatusVariant { status, variant_name: name, body }| {
        let name = create_ident(name);
        let read = match body {
            SuccessBody::Empty => quote! { response.read_empty() },
            SuccessBody::Json(_) => quote! { response.read_json() },
            SuccessBody::AnyJson => quote! { response.read_any_json() },
            SuccessBody::Text => quote! { response.read_text() },
            SuccessBody::Bytes => quote! { response.read_bytes() },
        };
        match status.parse::<u16>() {
            Ok(code) => quote! { #code => #read.map(Self::#name), },
            // The document can describe a response for the whole range `2XX`. The match arm of this response matches
            // all success statuses that no earlier arm matches.
            Err(_) => quote! { 200..=299 => #read.map(Self::#name), },
        }
    });
    let last = match variants.iter().any(|variant| variant.status == "2XX") {
        true => quote! { _ => response.fail_with_unexpected_status() },
        false => quote! { _ => response.fail_with_unexpected_status(), },
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #type_name {
            #( #described #names(#types), )*
        }

        impl partner_runtime::plumbing::FromResponse for #type_name {
            fn from_response(response: &partner_runtime::plumbing::SuccessResponse) -> Result<Self, partner_runtime::Error> {
                match response.documented_status() {
                    #( #read )*
                    #last
                }
            }
        }
    }
}
