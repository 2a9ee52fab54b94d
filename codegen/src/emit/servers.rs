//! Emits the servers of an API: the enum of environments that clients choose from, and functions that set the variables
//! in the URLs of the servers.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::ident::create_ident;
use partner_model::names::{to_snake_case_name, to_variant_name};
use partner_model::{Environment, Model, Server, SettableServerVariable};

/// Emits the enum `Environment`, which has a variant for each environment that the document lists.
pub(super) fn emit_environment_enum(model: &Model) -> TokenStream {
    let names: Vec<_> = model.environments.iter().map(|e| create_ident(&e.variant_name)).collect();
    let urls: Vec<&str> = model.environments.iter().map(|e| e.default_url.as_str()).collect();
    let described = model.environments.iter().map(|e| {
        let description = e.description.as_deref().map(docs::to_rustdoc_markdown).unwrap_or_default();
        docs::emit_doc_comment([description, docs::to_link_or_code_span(&e.default_url)])
    });
    let has_others = |environment: &Environment| {
        environment.servers.len() > 1 || environment.servers.iter().any(|server| !server.variables.is_empty())
    };
    let servers = model.environments.iter().any(has_others).then(|| {
        let servers = model.environments.iter().map(|environment| {
            let servers = environment.servers.iter().map(emit_server_expression);
            quote! { &[ #( #servers ),* ] }
        });
        quote! {
            fn servers(&self) -> &'static [partner_runtime::plumbing::Server] {
                match self {
                    #( Self::#names => #servers, )*
                }
            }
        }
    });
    quote! {
        /// The environments of the API that the vendor runs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Environment {
            #( #described #names, )*
        }

        impl Environment {
            /// Returns the base URL of the environment's server.
            pub fn url(self) -> &'static str {
                match self {
                    #( Self::#names => #urls, )*
                }
            }
        }

        impl partner_runtime::client::ApiEnvironment for Environment {
            fn server_url(self) -> &'static str {
                self.url()
            }

            #servers
        }
    }
}

/// Emits the expression that describes a server to the runtime: the URL of the server, and the variables in the URL.
fn emit_server_expression(server: &Server) -> TokenStream {
    let url = &server.url_template;
    let variables = server.variables.iter().map(|variable| {
        let (name, default, values) = (&variable.name, &variable.default, &variable.allowed_values);
        quote! {
            partner_runtime::plumbing::ServerVariableDefinition { name: #name, default: #default, allowed_values: &[ #( #values ),* ] }
        }
    });
    quote! { partner_runtime::plumbing::Server { url_template: #url, variables: &[ #( #variables ),* ] } }
}

/// Emits the module `variables`, which has a function for each variable that callers can set in the URLs of the
/// servers.
pub(super) fn emit_server_variables_module(model: &Model) -> TokenStream {
    if model.server_variables.is_empty() {
        return quote! {};
    }
    let variables = model.server_variables.iter().map(emit_server_variable_setter);
    quote! {
        /// Functions that set the variables in the URLs of the servers.
        pub mod variables {
            #( #variables )*
        }
    }
}

fn emit_server_variable_setter(variable: &SettableServerVariable) -> TokenStream {
    let name = &variable.name;
    let function = create_ident(&to_snake_case_name(name));
    let sets = format!(
        "Sets {}. Without it, each server has the default of the document.",
        docs::to_code_span_or_text(name)
    );
    let docs = docs::emit_doc_comment(
        std::iter::once(sets).chain(variable.description.as_deref().map(docs::to_rustdoc_markdown)),
    );
    let Some(values) = &variable.allowed_values else {
        return quote! {
            #docs
            pub fn #function(
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> partner_runtime::ServerVariableValue {
                partner_runtime::plumbing::server_variable(#name, value)
            }
        };
    };
    let type_name = create_ident(&to_variant_name(name));
    let type_docs = docs::emit_doc_comment([format!("The values of {}.", docs::to_code_span_or_text(name))]);
    let variants: Vec<_> = values.iter().map(|value| create_ident(&value.variant_name)).collect();
    let wires: Vec<&str> = values.iter().map(|value| value.wire_value.as_str()).collect();
    let described = wires.iter().map(|wire| docs::emit_doc_comment([docs::to_code_span_or_text(wire)]));
    quote! {
        #docs
        pub fn #function(value: #type_name) -> partner_runtime::ServerVariableValue {
            let value = match value {
                #( #type_name::#variants => #wires, )*
            };
            partner_runtime::plumbing::server_variable(#name, value)
        }

        #type_docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #type_name {
            #( #described #variants, )*
        }
    }
}
