//! Finds the alternatives of a schema. The discriminator of the schema, if there is one, tells to which alternative a
//! value belongs.

use std::collections::HashSet;

use partner_spec::pointer::escape_token;
use partner_spec::{Location, Node, ObjectKind};

use super::shape;
use crate::model::{Model, Place};

/// An alternative of a schema: a member of its `oneOf` or `anyOf`. If a schema has neither keyword, the schema itself
/// is the only alternative.
pub(super) struct Alternative<'a> {
    /// The name of the alternative in messages.
    pub(super) name: String,
    /// The name of the component to which the alternative refers; `None` if the alternative is an inline schema.
    pub(super) component_name: Option<String>,
    pub(super) node: &'a Node,
    pub(super) location: Location,
}

/// Returns the alternatives that a schema lists in `oneOf` and `anyOf`. If the schema lists none, returns the schema
/// itself as the only alternative, because it may be a base schema, which other schemas include by `allOf`.
pub(super) fn find_alternatives_or_self<'a>(model: &Model<'a>, schema: &'a Node) -> Vec<Alternative<'a>> {
    let members: Vec<&Node> = shape::UNION_KEYWORDS.iter().flat_map(|key| schema.get_items(key)).collect();
    if members.is_empty() {
        let location = schema.location.collapse_to_start();
        return vec![Alternative {
            name: String::from("this schema"),
            component_name: None,
            node: schema,
            location,
        }];
    }
    let branch = |(index, member): (usize, &'a Node)| {
        let node = model.resolve_reference(member)?;
        Some(Alternative {
            name: shape::make_member_label(member, index),
            component_name: member.ref_text().map(shape::extract_component_name),
            node,
            location: node.location.collapse_to_start(),
        })
    };
    members.into_iter().enumerate().filter_map(branch).collect()
}

/// Whether a schema lists alternatives, in `oneOf` or `anyOf`.
pub(super) fn has_union_keyword(schema: &Node) -> bool {
    shape::UNION_KEYWORDS.iter().any(|key| schema.get(key).is_some())
}

/// Returns the references to all base schemas. A base schema is a schema that other schemas include by a reference in
/// their `allOf`. The schemas that include a base schema are its alternatives.
pub(super) fn collect_base_schema_references<'a>(model: &Model<'a>) -> HashSet<&'a str> {
    let members = model.places_of_kind(ObjectKind::Schema).filter(|place| place.key_in_parent == "allOf");
    members.filter_map(|place| place.node.ref_text()).collect()
}

/// Whether a schema is a base schema: other schemas include it with `allOf`, or it has a discriminator with a
/// `mapping`. `bases` is the result of [`collect_base_schema_references`].
pub(super) fn is_base_schema(model: &Model<'_>, schema: &Place<'_>, bases: &HashSet<&str>) -> bool {
    let mapping = schema.node.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
    mapping.is_some()
        || make_schema_reference_text(model, schema).is_some_and(|target| bases.contains(target.as_str()))
}

/// Returns the text of a `$ref` to a schema, like `#/components/schemas/Cat`; `None` if the schema is not a component.
pub(super) fn make_schema_reference_text(model: &Model<'_>, schema: &Place<'_>) -> Option<String> {
    let is_component =
        model.find_parent_place(schema).is_some_and(|parent| parent.kind == ObjectKind::Components);
    let name = schema.map_key.filter(|_| is_component)?;
    Some(format!("#/components/schemas/{}", escape_token(name)))
}
