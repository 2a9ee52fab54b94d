//! Finds the alternatives of a schema. The discriminator of the schema, if there is one, tells to which alternative a
//! value belongs.

use std::collections::HashSet;

use partner_spec::pointer::escape_token;
use partner_spec::{Location, Node, ObjectKind};

use super::shape;
use crate::model::{Model, Place};

/// An alternative of a union.
pub(super) struct Alternative<'a> {
    /// The name of the alternative in messages.
    pub(super) name: String,
    /// The name of the component that is the alternative; `None` for an inline schema.
    pub(super) component_name: Option<String>,
    pub(super) node: &'a Node,
    pub(super) location: Location,
}

/// Returns the alternatives that a schema lists in `oneOf` and `anyOf`. A schema with neither of them is taken for a
/// base schema (one that other schemas include by `allOf`), and is itself the only alternative returned.
pub(super) fn find_alternatives<'a>(model: &Model<'a>, schema: &'a Node) -> Vec<Alternative<'a>> {
    let members: Vec<&Node> = shape::UNION_KEYWORDS.iter().flat_map(|key| schema.items(key)).collect();
    if members.is_empty() {
        let location = schema.location.to_start();
        return vec![Alternative {
            name: String::from("this schema"),
            component_name: None,
            node: schema,
            location,
        }];
    }
    let branch = |(index, member): (usize, &'a Node)| {
        let node = model.resolve(member)?;
        Some(Alternative {
            name: shape::make_member_name(member, index),
            component_name: member.ref_text().map(shape::extract_component_name),
            node,
            location: node.location.to_start(),
        })
    };
    members.into_iter().enumerate().filter_map(branch).collect()
}

/// Whether a schema lists alternatives, in `oneOf` or `anyOf`.
pub(super) fn has_union_keyword(schema: &Node) -> bool {
    shape::UNION_KEYWORDS.iter().any(|key| schema.get(key).is_some())
}

/// Returns the references in the `allOf`s of all schemas. Each of them leads to a base schema, whose alternatives are
/// the schemas that include it by `allOf`.
pub(super) fn collect_base_references<'a>(model: &Model<'a>) -> HashSet<&'a str> {
    let members = model.places_of_kind(ObjectKind::Schema).filter(|place| place.key_in_parent == "allOf");
    members.filter_map(|place| place.node.ref_text()).collect()
}

/// Whether a schema is a base schema: other schemas include it by `allOf`, or its discriminator has a `mapping`.
/// `bases` are the references that [`collect_base_references`] returned.
pub(super) fn is_base_schema(model: &Model<'_>, schema: &Place<'_>, bases: &HashSet<&str>) -> bool {
    let mapping = schema.node.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
    mapping.is_some()
        || make_reference_to(model, schema).is_some_and(|target| bases.contains(target.as_str()))
}

/// Returns the `$ref` that leads to a schema, like `#/components/schemas/Cat`; `None` if the schema is not a component.
pub(super) fn make_reference_to(model: &Model<'_>, schema: &Place<'_>) -> Option<String> {
    let is_component = model.parent(schema).is_some_and(|parent| parent.kind == ObjectKind::Components);
    let name = schema.map_key.filter(|_| is_component)?;
    Some(format!("#/components/schemas/{}", escape_token(name)))
}
