//! Multipart bodies: each part is an argument or a setter of the call.

use std::collections::HashSet;

use partner_spec::Node;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::types;
use crate::ident::ident;
use partner_model::api::ref_name;
use partner_model::names::snake_name;

/// What a part holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    File,
    Files,
    Text,
    Texts,
    Json,
}

/// One part of a multipart body.
pub(super) struct Part {
    /// The name on the wire.
    pub(super) wire: String,
    /// The name of the argument.
    pub(super) name: Ident,
    /// The type of its value.
    pub(super) of: TokenStream,
    /// Whether it must be there.
    pub(super) required: bool,
    /// The schema, for its description.
    pub(super) node: Node,
    holds: Holds,
}

/// The parts, in the order of the document, which is the order on the wire.
pub(super) fn parts(schema: &Node) -> Vec<Part> {
    let required: HashSet<&str> = schema.items("required").iter().filter_map(Node::as_str).collect();
    schema
        .entries("properties")
        .map(|property| {
            let holds = holds(&property.node);
            let of = match holds {
                Holds::File => quote! { partner_runtime::Upload },
                Holds::Files => quote! { Vec<partner_runtime::Upload> },
                _ => types::of_schema(&property.node),
            };
            Part {
                wire: property.key.clone(),
                name: ident(&snake_name(&property.key)),
                of,
                required: required.contains(property.key.as_str()),
                node: property.node.clone(),
                holds,
            }
        })
        .collect()
}

fn holds(node: &Node) -> Holds {
    let binary = |node: &Node| node.str("type") == Some("string") && node.str("format") == Some("binary");
    if binary(node) {
        return Holds::File;
    }
    match (node.str("type"), node.get("items")) {
        (Some("array"), Some(items)) if binary(items) => Holds::Files,
        (Some("array"), Some(items)) if ref_name(items).is_some() || items.str("type") == Some("string") => {
            Holds::Texts
        }
        (Some("array" | "object"), _) => Holds::Json,
        _ => Holds::Text,
    }
}

/// The expression that puts the part into a form, given the value in a variable of the part's name.
pub(super) fn add(part: &Part) -> TokenStream {
    let (wire, name) = (&part.wire, &part.name);
    match part.holds {
        Holds::File => quote! { form.file(#wire, #name) },
        Holds::Files => quote! { form.files(#wire, #name) },
        Holds::Text => quote! { form.text(#wire, #name.to_string()) },
        Holds::Texts => quote! { form.texts(#wire, #name.iter().map(ToString::to_string)) },
        Holds::Json => {
            let value = types::as_json(quote! { &#name }, &part.node);
            quote! { form.json(#wire, #value)? }
        }
    }
}
