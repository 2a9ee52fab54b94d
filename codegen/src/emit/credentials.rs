//! Emits the code for credentials: the list of security schemes, the credentials that each operation needs, and the
//! functions that create credentials. Nothing is emitted for an API that has no security scheme, or whose only scheme
//! is an API key in a header.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use crate::ident::create_ident;
use partner_model::names::to_snake_case_name;
use partner_model::{CredentialPlace, Model, Operation};

/// Whether callers have to choose a kind of credential. There is no choice if the API has no security scheme, or if its
/// only scheme is an API key in a header.
fn callers_must_choose_credential_kind(model: &Model) -> bool {
    model.api_key_header_name().is_none() && !model.security_schemes.is_empty()
}

/// Emits the security schemes for the generated static variable `API`, which describes the API to the runtime.
pub(super) fn emit_security_schemes(model: &Model) -> TokenStream {
    if !callers_must_choose_credential_kind(model) {
        return quote! {};
    }
    let schemes = model.security_schemes.iter().map(|scheme| match &scheme.credential_place {
        CredentialPlace::ApiKeyHeader(name) => {
            let name = name.to_ascii_lowercase();
            quote! { partner_runtime::api::SecurityScheme::Header(#name) }
        }
        CredentialPlace::ApiKeyQueryParameter(name) => {
            quote! { partner_runtime::api::SecurityScheme::Query(#name) }
        }
        CredentialPlace::Basic => quote! { partner_runtime::api::SecurityScheme::Basic },
        CredentialPlace::Bearer => quote! { partner_runtime::api::SecurityScheme::Bearer },
    });
    let credentials = emit_alternatives(&model.credential_alternatives);
    quote! { .security_schemes(&[ #( #schemes ),* ], #credentials) }
}

/// Emits the credentials that an operation needs. They are part of the operation's entry in the generated operation
/// table.
pub(super) fn emit_required_credentials(operation: &Operation, model: &Model) -> TokenStream {
    if !callers_must_choose_credential_kind(model) || operation.credential_alternatives.is_empty() {
        return quote! {};
    }
    let credentials = emit_alternatives(&operation.credential_alternatives);
    quote! { .credential_alternatives(#credentials) }
}

fn emit_alternatives(credentials: &[Vec<usize>]) -> TokenStream {
    let alternatives = credentials.iter().map(|schemes| quote! { &[ #( #schemes ),* ] });
    quote! { &[ #( #alternatives ),* ] }
}

/// Emits the module `credentials`. For each security scheme, it has a function that creates a credential for the
/// scheme.
pub(super) fn emit_credentials_module(model: &Model) -> TokenStream {
    if !callers_must_choose_credential_kind(model) {
        return quote! {};
    }
    let functions = model.security_schemes.iter().enumerate().map(|(index, scheme)| {
        let name = create_ident(&to_snake_case_name(&scheme.name));
        let (argument, ty, what) = match &scheme.credential_place {
            CredentialPlace::ApiKeyHeader(header) => (
                create_ident("key"),
                quote! { impl Into<String> },
                format!("A key for the header {}.", docs::to_code_span_or_text(header)),
            ),
            CredentialPlace::ApiKeyQueryParameter(name) => {
                let what =
                    format!("A key for the parameter {} of the query.", docs::to_code_span_or_text(name));
                (create_ident("key"), quote! { impl Into<String> }, what)
            }
            CredentialPlace::Basic => (
                create_ident("login"),
                quote! { partner_runtime::Login },
                String::from("A user name and a password."),
            ),
            CredentialPlace::Bearer => (
                create_ident("token"),
                quote! { impl Into<partner_runtime::Token> },
                String::from("A bearer token."),
            ),
        };
        let docs = docs::emit_doc_comment(
            std::iter::once(what).chain(scheme.description.as_deref().map(docs::to_rustdoc_markdown)),
        );
        let function = format_ident!("{argument}_credential");
        quote! {
            #docs
            pub fn #name(#argument: #ty) -> partner_runtime::Credential {
                partner_runtime::plumbing::#function(#index, #argument)
            }
        }
    });
    quote! {
        /// Functions that create the credentials of a client, one for each security scheme of the document.
        pub mod credentials {
            #( #functions )*
        }
    }
}
