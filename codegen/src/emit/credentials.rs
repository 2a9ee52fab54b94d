//! Emits credentials: the security schemes, the credentials of each operation, and the functions that create
//! credentials. Nothing is emitted for an API without security schemes, or with a key in a header as its only scheme.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::ident::ident;
use partner_model::names::to_snake_case_name;
use partner_model::{CredentialPlace, Model, Operation};

/// Whether callers have to choose a kind of credential. They do not if the API has no security scheme, or if its only
/// scheme is a key in a header.
fn needs_credential_kind(model: &Model) -> bool {
    model.api_key_header().is_none() && !model.security_schemes.is_empty()
}

/// Emits the security schemes, as part of the generated static variable `API`, which describes the API to the runtime.
pub(super) fn emit_security_schemes(model: &Model) -> TokenStream {
    if !needs_credential_kind(model) {
        return quote! {};
    }
    let schemes = model.security_schemes.iter().map(|scheme| match &scheme.credential_place {
        CredentialPlace::Header(name) => {
            let name = name.to_ascii_lowercase();
            quote! { partner_runtime::api::Scheme::Header(#name) }
        }
        CredentialPlace::Query(name) => quote! { partner_runtime::api::Scheme::Query(#name) },
        CredentialPlace::Basic => quote! { partner_runtime::api::Scheme::Basic },
        CredentialPlace::Bearer => quote! { partner_runtime::api::Scheme::Bearer },
    });
    let credentials = emit_alternatives(&model.credential_alternatives);
    quote! { .schemes(&[ #( #schemes ),* ], #credentials) }
}

/// Emits the credentials that an operation needs, for the entry of the operation in the operation table.
pub(super) fn emit_required_credentials(operation: &Operation, model: &Model) -> TokenStream {
    if !needs_credential_kind(model) || operation.credential_alternatives.is_empty() {
        return quote! {};
    }
    let credentials = emit_alternatives(&operation.credential_alternatives);
    quote! { .credentials(#credentials) }
}

fn emit_alternatives(credentials: &[Vec<usize>]) -> TokenStream {
    let alternatives = credentials.iter().map(|schemes| quote! { &[ #( #schemes ),* ] });
    quote! { &[ #( #alternatives ),* ] }
}

/// Emits the module with the functions that create credentials.
pub(super) fn emit_credentials_module(model: &Model) -> TokenStream {
    if !needs_credential_kind(model) {
        return quote! {};
    }
    let functions = model.security_schemes.iter().enumerate().map(|(index, scheme)| {
        let name = ident(&to_snake_case_name(&scheme.name));
        let (argument, ty, what) = match &scheme.credential_place {
            CredentialPlace::Header(header) => (
                ident("key"),
                quote! { impl Into<String> },
                format!("A key for the header {}.", docs::to_code_span(header)),
            ),
            CredentialPlace::Query(name) => {
                let what = format!("A key for the parameter {} of the query.", docs::to_code_span(name));
                (ident("key"), quote! { impl Into<String> }, what)
            }
            CredentialPlace::Basic => (
                ident("login"),
                quote! { partner_runtime::Login },
                String::from("A user name and a password."),
            ),
            CredentialPlace::Bearer => (
                ident("token"),
                quote! { impl Into<partner_runtime::Token> },
                String::from("A bearer token."),
            ),
        };
        let docs = docs::emit_doc_comment(
            std::iter::once(what).chain(scheme.description.as_deref().map(docs::to_markdown)),
        );
        quote! {
            #docs
            pub fn #name(#argument: #ty) -> partner_runtime::Credential {
                partner_runtime::plumbing::#argument(#index, #argument)
            }
        }
    });
    quote! {
        /// The credentials that a client signs in with, by the security schemes of the document.
        pub mod credentials {
            #( #functions )*
        }
    }
}
