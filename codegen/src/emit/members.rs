//! What a call carries: parameters, and the body or its parts.

use proc_macro2::TokenStream;
use syn::{FnArg, Ident, ImplItemFn, Pat, Type};

use super::call::Callable;
use super::types::{optional, owned};
use super::{docs, multipart, types};
use crate::ident::ident;
use crate::progenitor::input::sent_by_core;
use partner_model::names::snake_name;
use partner_model::{Content, Media, Operation, Parameter, Schema};

/// Something that a call carries.
pub(super) struct Member {
    pub(super) name: Ident,
    /// The type without `Option`.
    pub(super) of: Type,
    pub(super) required: bool,
    pub(super) docs: TokenStream,
}

/// How a call's body is made and handed over.
pub(super) enum Sent<'a> {
    Nothing,
    ByCore,
    Json(&'a Schema),
    Multipart(&'a Media),
}

pub(super) fn sent<'a>(operation: &Operation, callable: &Callable<'a>) -> Sent<'a> {
    match callable.media {
        None => Sent::Nothing,
        Some(_) if sent_by_core(operation).is_some() => Sent::ByCore,
        Some(media) => match &media.content {
            Content::Json(schema) => Sent::Json(schema),
            Content::Multipart(_) => Sent::Multipart(media),
        },
    }
}

pub(super) fn members(operation: &Operation, method: &ImplItemFn, sent: &Sent<'_>) -> Vec<Member> {
    let mut members = parameter_members(operation, method);
    members.extend(body_members(operation, method, sent));
    // What is required comes first, path before the rest, as the arguments of the method do.
    members.sort_by_key(|member| !member.required);
    members
}

/// The arguments of the core's method by name, the receiver left out.
pub(super) fn inputs(method: &ImplItemFn) -> impl Iterator<Item = (Ident, Type)> + '_ {
    method.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(pat) => Some((pat.ident.clone(), (*typed.ty).clone())),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })
}

fn parameter_members(operation: &Operation, method: &ImplItemFn) -> Vec<Member> {
    let types: Vec<(Ident, Type)> = inputs(method).collect();
    let mut parameters: Vec<&Parameter> = operation.parameters.iter().collect();
    // Path parameters in the order of the path, then the others in the order of the document.
    let position = |p: &Parameter| operation.path.find(&format!("{{{}}}", p.name));
    parameters.sort_by_key(|p| (p.place, position(p)));
    parameters
        .into_iter()
        .filter_map(|parameter| {
            let name = snake_name(&parameter.name);
            let of = types.iter().find(|(ident, _)| *ident == name).map(|(_, of)| owned(of))?;
            let bare = optional(&of);
            let of = match parameter.joined {
                true => {
                    let of = types::of_schema(&parameter.schema);
                    syn::parse_quote! { #of }
                }
                false => bare.clone().unwrap_or(of),
            };
            let fallback = format!("Sets the parameter {}.", docs::code(&parameter.name));
            let described = parameter.description.as_deref().map_or(fallback, docs::prose);
            Some(Member {
                name: ident(&name),
                of,
                required: bare.is_none(),
                docs: docs::comment([described]),
            })
        })
        .collect()
}

fn body_members(operation: &Operation, method: &ImplItemFn, sent: &Sent<'_>) -> Vec<Member> {
    let required = operation.body.as_ref().is_some_and(|b| b.required);
    let body = |of: Type, required: bool| Member {
        name: ident("body"),
        of,
        required,
        docs: docs::comment(["Sets the body."]),
    };
    match sent {
        Sent::Nothing => Vec::new(),
        Sent::ByCore => {
            inputs(method).filter(|(name, _)| name == "body").map(|(_, of)| body(owned(&of), true)).collect()
        }
        Sent::Json(schema) => {
            let of = types::of_schema(schema);
            vec![body(syn::parse_quote! { #of }, required)]
        }
        Sent::Multipart(media) => multipart::parts(media)
            .into_iter()
            .map(|part| {
                let of = &part.of;
                Member {
                    of: syn::parse_quote! { #of },
                    required: part.required,
                    docs: docs::of_schema(
                        &part.schema.about,
                        &format!("Sets the part {}.", docs::code(part.wire)),
                    ),
                    name: part.name,
                }
            })
            .collect(),
    }
}
