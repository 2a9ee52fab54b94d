//! Emits code that builds requests by calling the runtime, for the operations that have no request function in
//! [`core`](crate::core). The emitted code passes each parameter to the runtime, with the OpenAPI style in which the
//! parameter is serialized.

use proc_macro2::TokenStream;
use quote::quote;

use crate::core::is_required_argument;
use crate::ident::create_ident;
use partner_model::index::template::{TemplatePiece, split_template};
use partner_model::{Operation, Parameter, ParameterPlace, SerializationStyle};

/// Emits the statements that build a request. They read each parameter from a variable of the same name, and declare
/// the variable `__request`, a name that no parameter can have.
pub(super) fn emit_request_statements(operation: &Operation) -> TokenStream {
    let (template, _) = split_template(&operation.path_template);
    let path =
        template.into_iter().filter(|piece| *piece != TemplatePiece::Literal("")).map(|piece| match piece {
            TemplatePiece::Literal(text) => quote! { __request.push_path_text(#text); },
            TemplatePiece::Placeholder(name) => {
                let is_meant = |p: &&Parameter| p.place == ParameterPlace::Path && p.name == name;
                operation.parameters.iter().find(is_meant).map(emit_parameter).unwrap_or_default()
            }
        });
    let others = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place != ParameterPlace::Path)
        .map(emit_parameter);
    let accept =
        operation.accept_header_override.iter().map(|types| quote! { __request.set_accept_header(#types); });
    quote! {
        let mut __request = call.dynamic_request_builder();
        #( #path )*
        #( #others )*
        #( #accept )*
        __request.build(call)
    }
}

fn emit_parameter(parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.name, create_ident(&parameter.rust_name));
    let method = create_ident(match parameter.place {
        ParameterPlace::Path => "add_path_parameter",
        ParameterPlace::Query => "add_query_parameter",
        ParameterPlace::Header => "add_header_parameter",
    });
    let style = emit_parameter_style(parameter.style, parameter.explode);
    let value = super::types::wrap_decimals_sent_as_numbers(quote! { &#name }, &parameter.schema);
    match is_required_argument(parameter) {
        true => quote! { __request.#method(#wire, #style, #value); },
        false => {
            let value = super::types::wrap_decimals_sent_as_numbers(quote! { #name }, &parameter.schema);
            quote! { if let Some(#name) = &#name { __request.#method(#wire, #style, #value); } }
        }
    }
}

/// Emits the expression that tells the runtime how to write a parameter. The expression is made from the parameter's
/// `style` and `explode` in the OpenAPI document.
pub(super) fn emit_parameter_style(style: SerializationStyle, explode: bool) -> TokenStream {
    let style = create_ident(match style {
        SerializationStyle::Simple => "Simple",
        SerializationStyle::Label => "Label",
        SerializationStyle::Matrix => "Matrix",
        SerializationStyle::Form => "Form",
        SerializationStyle::SpaceDelimited => "SpaceDelimited",
        SerializationStyle::PipeDelimited => "PipeDelimited",
        SerializationStyle::DeepObject => "DeepObject",
        SerializationStyle::Json => "Json",
    });
    match explode {
        true => quote! { partner_runtime::plumbing::ParameterStyle::#style.with_explode() },
        false => quote! { partner_runtime::plumbing::ParameterStyle::#style.without_explode() },
    }
}
