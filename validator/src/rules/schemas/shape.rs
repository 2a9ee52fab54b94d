//! Functions with which several rules examine schemas with `allOf`, `oneOf` or `anyOf`.

use std::collections::{BTreeMap, HashSet};

use partner_spec::pointer::unescape_token;
use partner_spec::{Entry, Node};

use crate::model::{Model, Place};

/// The maximum number of schemas that are visited in one composition (a schema, and the schemas in its `allOf`, `oneOf`
/// and `anyOf`). The limit is needed because thousands of schemas may include each other.
const MAX_VISITED_SCHEMAS_PER_COMPOSITION: usize = 250;

/// The keywords that list the alternatives of a union.
pub(super) const UNION_KEYWORDS: [&str; 2] = ["oneOf", "anyOf"];

/// Returns the schemas that a value has to match at the same time: this schema, the members of its `allOf`, the members
/// of their `allOf`s, and so on.
pub(super) fn collect_self_and_all_of_members<'a>(model: &Model<'a>, schema: &'a Node) -> Vec<&'a Node> {
    collect_reachable_schemas(model, schema, &["allOf"])
}

/// Returns a schema, and all schemas that can be reached from it through `keywords`, like `allOf`. References are
/// followed; a reference that cannot be resolved is left out.
fn collect_reachable_schemas<'a>(model: &Model<'a>, schema: &'a Node, keywords: &[&str]) -> Vec<&'a Node> {
    let mut seen = HashSet::new();
    let mut list: Vec<&Node> = Vec::new();
    let mut next = vec![schema];
    for _ in 0..MAX_VISITED_SCHEMAS_PER_COMPOSITION {
        let Some(node) = next.pop() else { break };
        let Some(node) = resolve_schema(model, node) else { continue };
        if !seen.insert(std::ptr::from_ref(node)) {
            continue;
        }
        list.push(node);
        for keyword in keywords.iter().rev() {
            next.extend(node.get_items(keyword).iter().rev());
        }
    }
    list
}

/// Returns the schema to which a reference leads; `None` if the reference cannot be resolved. A schema that is not a
/// reference is returned as it is. If a reference contains no escapes like `~1`, its target is looked up by name. This
/// is faster, and the function is called for every member of every `allOf`, `oneOf` and `anyOf`.
fn resolve_schema<'a>(model: &Model<'a>, node: &'a Node) -> Option<&'a Node> {
    let name = node.ref_text().and_then(|target| target.strip_prefix("#/components/schemas/"));
    match name {
        Some(name) if !name.contains(['~', '/']) => model.find_component_schema(name),
        _ => model.resolve_reference(node),
    }
}

/// Returns the properties of a schema and of the members of its `allOf`, by name. If several of these schemas declare a
/// property, the first declaration is returned.
pub(super) fn collect_properties<'a>(model: &Model<'a>, schema: &'a Node) -> BTreeMap<&'a str, &'a Entry> {
    let mut found = BTreeMap::new();
    for member in collect_self_and_all_of_members(model, schema) {
        for property in member.get_entries("properties") {
            found.entry(property.key.as_str()).or_insert(property);
        }
    }
    found
}

/// Returns the names of the properties that a schema and the members of its `allOf` require.
pub(super) fn collect_required_property_names<'a>(model: &Model<'a>, schema: &'a Node) -> HashSet<&'a str> {
    let members = collect_self_and_all_of_members(model, schema);
    members.iter().flat_map(|member| member.get_items("required")).filter_map(Node::as_str).collect()
}

/// Returns the names of all properties that are declared by a schema, or by the schemas in its `allOf`, `oneOf` and
/// `anyOf` at any depth.
pub(super) fn collect_declared_property_names<'a>(model: &Model<'a>, schema: &'a Node) -> HashSet<&'a str> {
    let all = collect_reachable_schemas(model, schema, &["allOf", "oneOf", "anyOf"]);
    all.iter().flat_map(|node| node.get_entries("properties")).map(|entry| entry.key.as_str()).collect()
}

/// Reserves the steps of a later visit to a schema: deducts them from the budget that the model has for comparing
/// schemas. The visit includes all schemas in the `allOf`, `oneOf` and `anyOf` of the schema. Returns false in these
/// cases:
///
/// - The budget does not suffice.
/// - There are too many schemas.
/// - A reference cannot be resolved.
pub(super) fn try_reserve_visit_steps<'a>(model: &Model<'a>, schema: &'a Node) -> bool {
    let keywords = ["allOf", "oneOf", "anyOf"];
    let mut seen = HashSet::new();
    let mut next = vec![schema];
    for _ in 0..MAX_VISITED_SCHEMAS_PER_COMPOSITION {
        let Some(node) = next.pop() else { return true };
        let Some(node) = resolve_schema(model, node) else { return false };
        if seen.insert(std::ptr::from_ref(node)) {
            // The caller of this function later visits all properties and required names of the schema. The steps of
            // this visit are deducted from the budget now, so that the caller does not start a visit that would exceed
            // the budget.
            if !model.try_spend_comparison_steps(
                1 + node.get_entries("properties").len() + node.get_items("required").len(),
            ) {
                let what =
                    "schemas include so many properties that they are not looked at together from here on";
                model.record_stopped_check(
                    &schema.location,
                    what,
                    "include less, or refer to it from a property",
                );
                return false;
            }
            next.extend(keywords.iter().flat_map(|keyword| node.get_items(keyword)));
        }
    }
    let what = "this schema includes too many others to look at all of them together";
    model.record_stopped_check(&schema.location, what, "include fewer schemas, or name some of them as one");
    false
}

/// Returns the name of the component to which a reference leads, e.g. `Cat` for `#/components/schemas/Cat`. Escapes in
/// the name, like `~1`, are decoded.
pub(super) fn extract_component_name(target: &str) -> String {
    unescape_token(target.rsplit('/').next().unwrap_or_default())
}

/// Returns the label that a member of an `allOf`, `oneOf` or `anyOf` has in messages. If the member is a reference, the
/// label is the name of the component. Otherwise, the label is the title of the member. A member without a title is
/// called by its position, like `number 2`.
pub(super) fn make_member_label(member: &Node, index: usize) -> String {
    match (member.ref_text(), member.get_str("title")) {
        (Some(target), _) => format!("`{}`", extract_component_name(target)),
        (None, Some(title)) => format!("`{title}`"),
        (None, None) => format!("number {}", index + 1),
    }
}

/// Whether a schema is a member of an `allOf`, `anyOf`, `oneOf` or `not`, and so applies to the same value as the
/// schema around it.
pub(super) fn is_composition_member(place: &Place<'_>) -> bool {
    matches!(place.key_in_parent, "allOf" | "oneOf" | "anyOf" | "not")
}

/// Whether a schema has `allOf`, `anyOf` or `oneOf`.
pub(super) fn has_composition_keyword(node: &Node) -> bool {
    ["allOf", "anyOf", "oneOf"].iter().any(|key| node.get(key).is_some())
}
