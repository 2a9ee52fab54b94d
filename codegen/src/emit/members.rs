//! What a call carries: parameters, and the body or its parts.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::callable::Callable;
use super::types::take;
use super::{docs, multipart};
use crate::core::{Core, Value, is_required, written_by_runtime};
use crate::ident::ident;
use partner_model::{Content, Media, Model, Operation, Parameter, Schema};

/// Something that a call carries.
pub(super) struct Member {
    pub(super) name: Ident,
    /// Its type, without an `Option` for what is not required.
    pub(super) value: Value,
    pub(super) required: bool,
    /// What the document says of it.
    pub(super) description: Option<String>,
    pub(super) docs: TokenStream,
}

/// An argument of a method: its name, and how it is written in the signature.
pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) taken: TokenStream,
}

impl Member {
    /// The argument that takes it.
    pub(super) fn argument(&self, model: &Model) -> Argument {
        let (name, argument) = (self.name.clone(), take(&self.name, &self.value, model).argument);
        Argument { taken: quote! { #name: #argument }, name }
    }
}

/// How a call's body is made and handed over.
pub(super) enum Sent<'a> {
    Nothing,
    ByCore(&'a Schema),
    Json(&'a Media, &'a Schema),
    Form(&'a Media),
    Bytes(&'a Media),
}

pub(super) fn sent<'a>(operation: &Operation, callable: &Callable<'a>) -> Sent<'a> {
    match callable.media {
        None => Sent::Nothing,
        Some(media) => match &media.content {
            Content::Json(schema) if written_by_runtime(operation).is_none() => Sent::ByCore(schema),
            Content::Json(schema) => Sent::Json(media, schema),
            Content::Multipart(_) | Content::UrlEncoded(_) => Sent::Form(media),
            Content::Bytes => Sent::Bytes(media),
        },
    }
}

pub(super) fn members(operation: &Operation, sent: &Sent<'_>, model: &Model, core: &Core) -> Vec<Member> {
    let mut members = parameter_members(operation, core);
    members.extend(body_members(operation, sent, model, core));
    // What is required comes first, path before the rest, as the arguments of the method do.
    members.sort_by_key(|member| !member.required);
    members
}

fn parameter_members(operation: &Operation, core: &Core) -> Vec<Member> {
    let mut parameters: Vec<&Parameter> = operation.parameters.iter().collect();
    // Path parameters in the order of the path, then the others in the order of the document.
    let position = |p: &Parameter| operation.path.find(&format!("{{{}}}", p.name));
    parameters.sort_by_key(|p| (p.place, position(p)));
    let member = |parameter: &Parameter| {
        let fallback = format!("Sets the parameter {}.", docs::code(&parameter.name));
        let described = parameter.description.as_deref().map_or(fallback, docs::prose);
        Member {
            name: ident(&parameter.rust_name),
            value: core.value(&parameter.schema).required(),
            required: is_required(parameter),
            description: parameter.description.clone(),
            docs: docs::comment([described]),
        }
    };
    parameters.into_iter().map(member).collect()
}

fn body_members(operation: &Operation, sent: &Sent<'_>, model: &Model, core: &Core) -> Vec<Member> {
    let body = |value| {
        let required = operation.body.as_ref().is_some_and(|body| body.required);
        let description = operation.body.as_ref().and_then(|body| body.description.clone());
        let docs = docs::comment(["Sets the body."]);
        vec![Member { name: ident("body"), value, required, description, docs }]
    };
    match sent {
        Sent::Nothing => Vec::new(),
        Sent::ByCore(schema) | Sent::Json(_, schema) => body(core.value(schema)),
        Sent::Bytes(_) => body(Value::read(syn::parse_quote! { partner_runtime::Upload })),
        Sent::Form(media) => {
            let member = |part: multipart::Part<'_>| {
                let fallback = format!("Sets the part {}.", docs::code(part.wire));
                Member {
                    description: part.schema.about.description.clone(),
                    docs: docs::of_schema(&part.schema.about, &fallback),
                    name: part.name,
                    value: part.value,
                    required: part.required,
                }
            };
            multipart::parts(media, model, core).into_iter().map(member).collect()
        }
    }
}
