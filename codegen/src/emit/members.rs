//! Lists the values that callers pass to a client method: the parameters and the body. If the body is a form, its parts
//! are listed instead of the body.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::callable::CallMethod;
use super::types::choose_argument_conversion;
use super::{docs, form};
use crate::core::{GeneratedRequestsAndTypes, ValueType, find_runtime_body_reason, is_required_argument};
use crate::ident::create_ident;
use partner_model::{BodyContent, MediaType, Model, Operation, Parameter, Schema};

/// A value that callers pass to a client method, as an argument or through a setter: a parameter, the body, or a form
/// part.
pub(super) struct CallValue {
    pub(super) name: Ident,
    /// The Rust type of the value, without the `Option` of an optional value.
    pub(super) value_type: ValueType,
    pub(super) required: bool,
    /// The description of the value in the OpenAPI document.
    pub(super) description: Option<String>,
    pub(super) docs: TokenStream,
}

/// An argument of a client method.
pub(super) struct MethodArgument {
    pub(super) name: Ident,
    /// The declaration of the argument in the method's signature, such as `id: UserId`, as tokens.
    pub(super) declaration_tokens: TokenStream,
}

impl CallValue {
    /// Returns the argument with which a caller of the client method passes this value.
    pub(super) fn to_method_argument(&self, model: &Model) -> MethodArgument {
        let (name, argument) = (
            self.name.clone(),
            choose_argument_conversion(&self.name, &self.value_type, model).argument_type,
        );
        MethodArgument { declaration_tokens: quote! { #name: #argument }, name }
    }
}

/// The kind of body that a client method sends. A body of the kind `ByRequestFunction` is serialized by the generated
/// function that makes the request. Any other body is serialized by the runtime.
pub(super) enum CallBodyKind<'a> {
    Nothing,
    ByRequestFunction(&'a Schema),
    Json(&'a MediaType, &'a Schema),
    Form(&'a MediaType),
    Bytes(&'a MediaType),
}

pub(super) fn choose_call_body_kind<'a>(
    operation: &Operation,
    call_method: &CallMethod<'a>,
) -> CallBodyKind<'a> {
    match call_method.body_media_type {
        None => CallBodyKind::Nothing,
        Some(media) => match &media.content {
            BodyContent::Json(schema) if find_runtime_body_reason(operation).is_none() => {
                CallBodyKind::ByRequestFunction(schema)
            }
            BodyContent::Json(schema) => CallBodyKind::Json(media, schema),
            BodyContent::Multipart(_) | BodyContent::UrlEncoded(_) => CallBodyKind::Form(media),
            BodyContent::Bytes => CallBodyKind::Bytes(media),
        },
    }
}

pub(super) fn list_call_values(
    operation: &Operation,
    sent: &CallBodyKind<'_>,
    model: &Model,
    core: &GeneratedRequestsAndTypes,
) -> Vec<CallValue> {
    let mut members = list_parameter_values(operation, core);
    members.extend(list_body_values(operation, sent, model, core));
    // Required values come first, because they are the arguments of the method. The sort is stable, so among the
    // required values, the path parameters stay first.
    members.sort_by_key(|member| !member.required);
    members
}

fn list_parameter_values(operation: &Operation, core: &GeneratedRequestsAndTypes) -> Vec<CallValue> {
    let mut parameters: Vec<&Parameter> = operation.parameters.iter().collect();
    // Path parameters are sorted by where they occur in the path; all other parameters keep the order of the document.
    let position_in_path = |p: &Parameter| operation.path_template.find(&format!("{{{}}}", p.name));
    parameters.sort_by_key(|p| (p.place, position_in_path(p)));
    let member = |parameter: &Parameter| {
        let fallback = format!("Sets the parameter {}.", docs::to_code_span_or_text(&parameter.name));
        let described = parameter.description.as_deref().map_or(fallback, docs::to_rustdoc_markdown);
        CallValue {
            name: create_ident(&parameter.rust_name),
            value_type: core.find_value_type_or_placeholder(&parameter.schema).without_option(),
            required: is_required_argument(parameter),
            description: parameter.description.clone(),
            docs: docs::emit_doc_comment([described]),
        }
    };
    parameters.into_iter().map(member).collect()
}

fn list_body_values(
    operation: &Operation,
    sent: &CallBodyKind<'_>,
    model: &Model,
    core: &GeneratedRequestsAndTypes,
) -> Vec<CallValue> {
    let body = |value_type| {
        let required = operation.body.as_ref().is_some_and(|body| body.required);
        let description = operation.body.as_ref().and_then(|body| body.description.clone());
        let docs = docs::emit_doc_comment(["Sets the body."]);
        vec![CallValue { name: create_ident("body"), value_type, required, description, docs }]
    };
    match sent {
        CallBodyKind::Nothing => Vec::new(),
        CallBodyKind::ByRequestFunction(schema) | CallBodyKind::Json(_, schema) => {
            body(core.find_value_type_or_placeholder(schema))
        }
        CallBodyKind::Bytes(_) => body(ValueType::from_type(syn::parse_quote! { partner_runtime::Upload })),
        CallBodyKind::Form(media) => {
            let member = |part: form::FormPart<'_>| {
                let fallback = format!("Sets the part {}.", docs::to_code_span_or_text(part.wire_name));
                CallValue {
                    description: part.schema.details.description.clone(),
                    docs: docs::emit_schema_docs(&part.schema.details, &fallback),
                    name: part.rust_name,
                    value_type: part.value_type,
                    required: part.is_required,
                }
            };
            form::list_form_parts(media, model, core).into_iter().map(member).collect()
        }
    }
}
