//! What makes a type implement `JsonSchema` in a client with the feature `schemars`. The schema follows from the type
//! itself; the functions that are named here correct what it would not say as the wire has it.

use partner_spec::Node;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;
use syn::visit_mut::VisitMut;

use crate::core::DECIMAL;
use crate::lower::LIMITS_KEY;
use partner_model::api::Api;

/// Whether the limits of a type's values are in its schema: those of what is sent. An answer is what the vendor makes
/// it, and the client takes it with any values.
pub(super) fn has_limits(name: &str, api: &Api) -> bool {
    api.in_requests.contains(name) && !api.in_responses.contains(name)
}

/// The attribute of a model, with its own limits.
pub(super) fn of_model(limits: &[TokenStream]) -> TokenStream {
    let limits = match limits {
        [] => quote! {},
        _ => quote! { , extend(#( #limits ),*) },
    };
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(transform = exact #limits))] }
}

/// The attribute of a field: whether it may be null, its limits, and its type where the schema of the Rust type is not
/// that of the wire. What is not marked may not be null, although an `Option` reads null as well.
pub(super) fn of_field(
    nullable: bool,
    required: bool,
    limits: Vec<TokenStream>,
    with: Option<String>,
) -> TokenStream {
    let extended: Vec<_> = nullable.then(|| quote! { "nullable" = true }).into_iter().chain(limits).collect();
    let mut words = Vec::new();
    words.extend((nullable && required).then(|| quote! { required }));
    words.extend(with.map(|of| quote! { with = #of }));
    words.extend((!extended.is_empty()).then(|| quote! { extend(#( #extended ),*) }));
    match words.is_empty() {
        true => quote! {},
        false => quote! { #[cfg_attr(feature = "schemars", schemars(#( #words ),*))] },
    }
}

/// The type of a field whose decimals are numbers on the wire, for the schema: `Option<Decimal>` has that of
/// `Option<Number>`.
pub(super) fn with_numbers(of: &Type) -> String {
    let mut of = of.clone();
    Numbers.visit_type_mut(&mut of);
    quote! { #of }.to_string().replace(' ', "")
}

struct Numbers;

impl VisitMut for Numbers {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        match path.is_ident(DECIMAL) {
            true => *path = syn::parse_quote! { partner_runtime::plumbing::schema::Number },
            false => syn::visit_mut::visit_path_mut(self, path),
        }
    }
}

/// The limits of a schema, and those of the values in a list or a map, which the client puts where they belong.
pub(super) fn limits(node: &Node) -> Vec<TokenStream> {
    let mut limits =
        own_limits(node).into_iter().map(|(key, value)| quote! { #key = #value }).collect::<Vec<_>>();
    let items = node.get("items").or_else(|| node.get("additionalProperties"));
    let (keys, values): (Vec<_>, Vec<_>) = items.map(own_limits).unwrap_or_default().into_iter().unzip();
    if !keys.is_empty() {
        limits.push(quote! { "itemLimits" = { #( #keys: #values ),* } });
    }
    limits
}

/// The limits that mean something for what is on the wire. A decimal that is written as a string is never less or more
/// than a number.
fn own_limits(node: &Node) -> Vec<(&str, TokenStream)> {
    let meant: &[&str] = match node.str("type") {
        Some("string") => &["minLength", "maxLength", "pattern"],
        Some("integer" | "number") => {
            &["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"]
        }
        Some("array") => &["minItems", "maxItems", "uniqueItems"],
        Some("object") => &["minProperties", "maxProperties"],
        _ => &[],
    };
    let limit = |(key, node): (&'static str, &Node)| {
        let value = match node.as_str() {
            Some(text) => quote! { #text },
            None => node.to_json().parse().ok()?,
        };
        Some((key, value))
    };
    let kept = node.get(LIMITS_KEY);
    meant.iter().filter_map(|key| Some((*key, kept?.get(key)?))).filter_map(limit).collect()
}

/// The attribute of a string enum: its values are those of the wire, not the names in Rust.
pub(super) fn of_enum() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(transform = Self::wire))] }
}

/// The attribute of a union.
pub(super) fn of_union() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(untagged, transform = exact))] }
}

/// The attribute of a union's alternative that nobody knows: any object.
pub(super) fn of_any_object() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", schemars(with = "partner_runtime::JsonObject"))] }
}

/// What the attributes name.
pub(super) fn imports() -> TokenStream {
    quote! {
        #[cfg(feature = "schemars")]
        #[allow(unused_imports)]
        use partner_runtime::plumbing::schema::{JsonSchema, exact};
    }
}
