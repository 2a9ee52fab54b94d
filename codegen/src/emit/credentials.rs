//! Credentials, for an API that needs others than one key in a header: where each goes, which operation needs which, and the
//! functions that callers make them with.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::ident::ident;
use partner_model::names::snake_name;
use partner_model::{Model, Operation, SchemeKind};

/// Whether callers have to say which credential they have.
fn are_needed(model: &Model) -> bool {
    model.key_header().is_none() && !model.schemes.is_empty()
}

/// What the runtime knows of the schemes.
pub(super) fn schemes(model: &Model) -> TokenStream {
    if !are_needed(model) {
        return quote! {};
    }
    let schemes = model.schemes.iter().map(|scheme| match &scheme.kind {
        SchemeKind::Header(name) => {
            let name = name.to_ascii_lowercase();
            quote! { partner_runtime::api::Scheme::Header(#name) }
        }
        SchemeKind::Query(name) => quote! { partner_runtime::api::Scheme::Query(#name) },
        SchemeKind::Basic => quote! { partner_runtime::api::Scheme::Basic },
        SchemeKind::Bearer => quote! { partner_runtime::api::Scheme::Bearer },
    });
    let credentials = alternatives(&model.credential_alternatives);
    quote! { .schemes(&[ #( #schemes ),* ], #credentials) }
}

/// What the runtime knows of an operation's requirements.
pub(super) fn required(operation: &Operation, model: &Model) -> TokenStream {
    if !are_needed(model) || operation.credential_alternatives.is_empty() {
        return quote! {};
    }
    let credentials = alternatives(&operation.credential_alternatives);
    quote! { .credentials(#credentials) }
}

fn alternatives(credentials: &[Vec<usize>]) -> TokenStream {
    let alternatives = credentials.iter().map(|schemes| quote! { &[ #( #schemes ),* ] });
    quote! { &[ #( #alternatives ),* ] }
}

/// The functions that make credentials.
pub(super) fn module(model: &Model) -> TokenStream {
    if !are_needed(model) {
        return quote! {};
    }
    let functions = model.schemes.iter().enumerate().map(|(index, scheme)| {
        let name = ident(&snake_name(&scheme.name));
        let (argument, ty, what) = match &scheme.kind {
            SchemeKind::Header(header) => (
                ident("key"),
                quote! { impl Into<String> },
                format!("A key for the header {}.", docs::code(header)),
            ),
            SchemeKind::Query(name) => {
                let what = format!("A key for the parameter {} of the query.", docs::code(name));
                (ident("key"), quote! { impl Into<String> }, what)
            }
            SchemeKind::Basic => (
                ident("login"),
                quote! { partner_runtime::Login },
                String::from("A user name and a password."),
            ),
            SchemeKind::Bearer => (
                ident("token"),
                quote! { impl Into<partner_runtime::Token> },
                String::from("A bearer token."),
            ),
        };
        let docs = docs::comment(std::iter::once(what).chain(scheme.description.as_deref().map(docs::prose)));
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
