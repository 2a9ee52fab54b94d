//! Describes the fields of a model, for the functions that emit models, constructors and enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::core;
use partner_model::{Field as Property, Model, Schema};

/// A field of a model, with the property of the document for which the field is generated.
pub(super) struct ModelField<'a> {
    pub(super) field: &'a core::GeneratedField,
    /// The property in the document; `None` for the field `extra`, a map of all keys that the document does not list.
    pub(super) property: Option<&'a Property>,
    /// If this field is `extra`, the schema of the values in it; otherwise `None`.
    pub(super) extra_value_schema: Option<&'a Schema>,
    /// If this field is a tag, its value as tokens; otherwise `None`. A tag is a required field that has only one
    /// possible value, so callers never see the field.
    pub(super) tag_value_expr: Option<TokenStream>,
}

impl ModelField<'_> {
    /// Whether callers have to pass the field to the constructor.
    pub(super) fn is_constructor_argument(&self) -> bool {
        is_required(self) && self.tag_value_expr.is_none()
    }

    pub(super) fn is_sensitive(&self) -> bool {
        find_value_schema(self).is_some_and(|schema| schema.details.is_sensitive)
    }
}

/// Returns the schema of a field's value. For the field `extra`, which is a map, returns the schema of the map's
/// values.
pub(super) fn find_value_schema<'a>(member: &ModelField<'a>) -> Option<&'a Schema> {
    member.property.map(|property| &property.schema).or(member.extra_value_schema)
}

/// Emits the doc comment of a field. If the field has another name in JSON than in Rust, the JSON name is a
/// `doc(alias)`.
pub(super) fn emit_field_docs(member: &ModelField<'_>, model: &Model) -> TokenStream {
    let Some(property) = member.property else {
        return docs::emit_doc_comment(["What there is beyond the fields above."]);
    };
    let fallback = derive_fallback_description(property, member, model);
    let docs = docs::emit_schema_docs(&property.schema.details, &fallback);
    let alias = docs::emit_doc_alias(&member.field.wire_name, &member.field.name.to_string());
    quote! { #docs #alias }
}

/// Returns the description to show for a field that has none in the document: the first paragraph of the description of
/// the field's type or, if the type has no description, the name of the field.
fn derive_fallback_description(property: &Property, member: &ModelField<'_>, model: &Model) -> String {
    let named = property.schema.type_name().and_then(|name| model.types.get(name));
    let described =
        named.and_then(|definition| docs::describe_schema_with_limits(&definition.schema_details));
    let first = described.as_deref().and_then(|text| text.trim().split("\n\n").next());
    let first = first.filter(|text| !text.is_empty());
    first.map_or_else(
        || format!("{}.", docs::to_code_span_or_text(&member.field.wire_name)),
        docs::to_rustdoc_markdown,
    )
}

pub(super) fn is_required(member: &ModelField<'_>) -> bool {
    member.property.is_some_and(|property| property.required)
}
