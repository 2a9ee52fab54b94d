//! What makes a type implement `JsonSchema` in a client with the feature `schemars`. The schema follows from the type
//! itself; the functions that are named here correct what it would not say as the wire has it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;
use syn::visit_mut::VisitMut;

use crate::core::{DECIMAL, Value};
use partner_model::{About, Definition, Form, LimitKind, Object, Schema, Type as SchemaType};

/// Whether the limits of a type's values are in its schema: those of what is sent. A response is what the vendor makes
/// it, and the client takes it with any values.
pub(super) fn has_limits(definition: &Definition) -> bool {
    definition.sent && !definition.received
}

/// The attribute of a model, with its own limits.
pub(super) fn of_model(limits: &[TokenStream]) -> TokenStream {
    let limits = match limits {
        [] => quote! {},
        _ => quote! { , extend(#( #limits ),*) },
    };
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(transform = exact::<Self> #limits))] }
}

/// The attribute of a field: whether it may be null, its limits, and its type where the schema of the Rust type is not
/// that of the wire. What is not marked may not be null, although an `Option` reads null as well.
pub(super) fn of_field(
    extra: bool,
    nullable: bool,
    required: bool,
    limits: Vec<TokenStream>,
    with: Option<String>,
) -> TokenStream {
    let extended: Vec<_> = nullable.then(|| quote! { "nullable" = true }).into_iter().chain(limits).collect();
    let mut words = Vec::new();
    words.extend(extra.then(|| quote! { flatten }));
    words.extend((nullable && required).then(|| quote! { required }));
    words.extend(with.map(|of| quote! { with = #of }));
    words.extend((!extended.is_empty()).then(|| quote! { extend(#( #extended ),*) }));
    match words.is_empty() {
        true => quote! {},
        false => quote! { #[cfg_attr(feature = "schemars", schemars(#( #words ),*))] },
    }
}

/// The type of a field whose decimals or newtypes are numbers on the wire, for the schema: `Option<Decimal>` has that of
/// `Option<Number>`, and a newtype that of `i64`.
pub(super) fn with_numbers(of: &Value, schema: &Schema) -> String {
    let mut of: Type = syn::parse_quote! { #of };
    Numbers { newtype: schema.reference() }.visit_type_mut(&mut of);
    quote! { #of }.to_string().replace(' ', "")
}

struct Numbers<'a> {
    newtype: Option<&'a str>,
}

impl VisitMut for Numbers<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.is_ident(DECIMAL) {
            *path = syn::parse_quote! { partner_runtime::plumbing::schema::Number };
        } else if self.newtype.is_some_and(|name| path.is_ident(name)) {
            *path = syn::parse_quote! { i64 };
        } else {
            syn::visit_mut::visit_path_mut(self, path);
        }
    }
}

/// The limits of a model, and those of the values under the keys that have no field.
pub(super) fn of_object(definition: &Definition, object: &Object) -> Vec<TokenStream> {
    with_items(own_limits(OBJECT, &definition.about), object.rest.as_ref())
}

/// The limits of a schema, and those of the values in a list or a map, which the client puts where they belong.
pub(super) fn limits(schema: &Schema) -> Vec<TokenStream> {
    let items = match &schema.ty {
        SchemaType::List(items) | SchemaType::Map(items) => Some(&**items),
        _ => None,
    };
    with_items(own_limits(meant(&schema.ty), &schema.about), items)
}

fn with_items(own: Vec<(&str, TokenStream)>, items: Option<&Schema>) -> Vec<TokenStream> {
    let mut limits: Vec<_> = own.into_iter().map(|(key, value)| quote! { #key = #value }).collect();
    let items = items.map(|items| own_limits(meant(&items.ty), &items.about)).unwrap_or_default();
    let (keys, values): (Vec<_>, Vec<_>) = items.into_iter().unzip();
    if !keys.is_empty() {
        limits.push(quote! { "itemLimits" = { #( #keys: #values ),* } });
    }
    limits
}

const OBJECT: &[LimitKind] = &[LimitKind::MinProperties, LimitKind::MaxProperties];

/// The limits that mean something for what is on the wire. A decimal that is written as a string is never less or more
/// than a number.
fn meant(of: &SchemaType) -> &'static [LimitKind] {
    match of {
        SchemaType::String
        | SchemaType::Bytes
        | SchemaType::Uuid
        | SchemaType::Date
        | SchemaType::DateTime
        | SchemaType::Decimal(Form::String) => {
            &[LimitKind::MinLength, LimitKind::MaxLength, LimitKind::Pattern]
        }
        SchemaType::Integer(_) | SchemaType::Decimal(Form::Number) => &[
            LimitKind::Minimum,
            LimitKind::ExclusiveMinimum,
            LimitKind::Maximum,
            LimitKind::ExclusiveMaximum,
            LimitKind::MultipleOf,
        ],
        SchemaType::List(_) => &[LimitKind::MinItems, LimitKind::MaxItems, LimitKind::UniqueItems],
        SchemaType::Map(_) | SchemaType::Object => OBJECT,
        SchemaType::Named(_) | SchemaType::Boolean | SchemaType::Json => &[],
    }
}

fn own_limits(meant: &[LimitKind], about: &About) -> Vec<(&'static str, TokenStream)> {
    let limit = |kind: &LimitKind| {
        let value = about.limit(*kind)?;
        let value = match value.as_str() {
            Some(text) => quote! { #text },
            None => value.to_json().parse().ok()?,
        };
        Some((kind.keyword(), value))
    };
    meant.iter().filter_map(limit).collect()
}

/// The attribute of a string enum: its values are those of the wire, not the names in Rust.
pub(super) fn of_enum() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(transform = Self::wire))] }
}

/// The attribute of a newtype. Its limits are with the properties that have it.
pub(super) fn of_newtype() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(transform = exact_newtype))] }
}

/// The attribute of a union.
pub(super) fn of_union() -> TokenStream {
    quote! { #[cfg_attr(feature = "schemars", derive(JsonSchema), schemars(untagged, transform = exact_union))] }
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
        use partner_runtime::plumbing::schema::{JsonSchema, exact, exact_newtype, exact_union};
    }
}
