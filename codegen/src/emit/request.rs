//! Emits the code of requests for which `core` has no request function. In such a request the runtime writes
//! the parameters, in the style that the document demands.

use proc_macro2::TokenStream;
use quote::quote;

use crate::core::callers_must_set;
use crate::ident::ident;
use partner_model::index::template::{TemplatePiece, split_template};
use partner_model::{Operation, Parameter, ParameterPlace, Style};

/// Emits the statements that build the request from variables with the names of the parameters. The statements declare
/// the variable `__request`, a name that no parameter can have.
pub(super) fn emit_request(operation: &Operation) -> TokenStream {
    let (template, _) = split_template(&operation.path_template);
    let path =
        template.into_iter().filter(|piece| *piece != TemplatePiece::Literal("")).map(|piece| match piece {
            TemplatePiece::Literal(text) => quote! { __request.text(#text); },
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
    let accept = operation.accept_header.iter().map(|types| quote! { __request.accept(#types); });
    quote! {
        let mut __request = call.parameters();
        #( #path )*
        #( #others )*
        #( #accept )*
        __request.finish(call)
    }
}

fn emit_parameter(parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.name, ident(&parameter.rust_name));
    let place = ident(match parameter.place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "header",
    });
    let style = emit_parameter_style(parameter.style, parameter.explode);
    let value = super::types::emit_json_value(quote! { &#name }, &parameter.schema);
    match callers_must_set(parameter) {
        true => quote! { __request.#place(#wire, #style, #value); },
        false => {
            let value = super::types::emit_json_value(quote! { #name }, &parameter.schema);
            quote! { if let Some(#name) = &#name { __request.#place(#wire, #style, #value); } }
        }
    }
}

/// Emits the style in which the runtime writes a parameter.
pub(super) fn emit_parameter_style(style: Style, explode: bool) -> TokenStream {
    let style = ident(match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Json => "Json",
    });
    match explode {
        true => quote! { partner_runtime::plumbing::Style::#style.exploded() },
        false => quote! { partner_runtime::plumbing::Style::#style.joined() },
    }
}
