//! Functions about composed schemas, which several rules use.

use std::collections::{BTreeMap, HashSet};

use partner_spec::pointer::unescape_token;
use partner_spec::{Entry, Node};

use crate::model::{Model, Place};

/// The most schemas that are visited in one composition (a schema, and the schemas in its `allOf`, `oneOf` and
/// `anyOf`). The limit is needed because thousands of schemas may include each other.
const MAX_VISITED_SCHEMAS: usize = 250;

/// The keywords that list the alternatives of a union.
pub(super) const UNION_KEYWORDS: [&str; 2] = ["oneOf", "anyOf"];

/// Returns the schemas that a value has to match at the same time: this schema, the members of its `allOf`, the members
/// of their `allOf`s, and so on.
pub(super) fn collect_all_of_members<'a>(model: &Model<'a>, schema: &'a Node) -> Vec<&'a Node> {
    collect_reachable_schemas(model, schema, &["allOf"])
}

/// Returns this schema, and all schemas that are reached from it through `keywords` like `allOf`. References are
/// resolved; a reference that cannot be resolved is left out.
fn collect_reachable_schemas<'a>(model: &Model<'a>, schema: &'a Node, keywords: &[&str]) -> Vec<&'a Node> {
    let mut seen = HashSet::new();
    let mut list: Vec<&Node> = Vec::new();
    let mut next = vec![schema];
    for _ in 0..MAX_VISITED_SCHEMAS {
        let Some(node) = next.pop() else { break };
        let Some(node) = resolve_schema(model, node) else { continue };
        if !seen.insert(std::ptr::from_ref(node)) {
            continue;
        }
        list.push(node);
        for keyword in keywords.iter().rev() {
            next.extend(node.items(keyword).iter().rev());
        }
    }
    list
}

/// Returns the target if the schema is a reference (`None` if the reference cannot be resolved), otherwise the schema
/// itself. References without escapes (like `~1`) are looked up directly, because that is faster, and this function is
/// called for every member of every composition.
fn resolve_schema<'a>(model: &Model<'a>, node: &'a Node) -> Option<&'a Node> {
    let name = node.ref_text().and_then(|target| target.strip_prefix("#/components/schemas/"));
    match name {
        Some(name) if !name.contains(['~', '/']) => model.schema(name),
        _ => model.resolve(node),
    }
}

/// Returns the properties of a schema and of the members of its `allOf`: a map from the name of a property to its
/// declaration. If several of these schemas declare a property, the map has the first declaration.
pub(super) fn collect_properties<'a>(model: &Model<'a>, schema: &'a Node) -> BTreeMap<&'a str, &'a Entry> {
    let mut found = BTreeMap::new();
    for member in collect_all_of_members(model, schema) {
        for property in member.entries("properties") {
            found.entry(property.key.as_str()).or_insert(property);
        }
    }
    found
}

/// Returns the names of the properties that a schema and the members of its `allOf` require.
pub(super) fn collect_required_property_names<'a>(model: &Model<'a>, schema: &'a Node) -> HashSet<&'a str> {
    let members = collect_all_of_members(model, schema);
    members.iter().flat_map(|member| member.items("required")).filter_map(Node::as_str).collect()
}

/// Returns the names of all properties that are declared by a schema, or by a schema in its `allOf`, `oneOf` or
/// `anyOf`, at any depth.
pub(super) fn collect_declared_property_names<'a>(model: &Model<'a>, schema: &'a Node) -> HashSet<&'a str> {
    let all = collect_reachable_schemas(model, schema, &["allOf", "oneOf", "anyOf"]);
    all.iter().flat_map(|node| node.entries("properties")).map(|entry| entry.key.as_str()).collect()
}

/// Whether a schema and all schemas in its `allOf`, `oneOf` and `anyOf` can be visited; false if one of their
/// references cannot be resolved, if they are too many, or if the visit takes more steps than the model's budget has
/// left. The steps are deducted from the budget here.
pub(super) fn try_reserve_composition_visit<'a>(model: &Model<'a>, schema: &'a Node) -> bool {
    let keywords = ["allOf", "oneOf", "anyOf"];
    let mut seen = HashSet::new();
    let mut next = vec![schema];
    for _ in 0..MAX_VISITED_SCHEMAS {
        let Some(node) = next.pop() else { return true };
        let Some(node) = resolve_schema(model, node) else { return false };
        if seen.insert(std::ptr::from_ref(node)) {
            // The steps in which the caller will visit the properties and required names are deducted from the budget
            // here, so that the caller does not begin a visit for which the budget does not suffice.
            if !model
                .spend_comparison_steps(1 + node.entries("properties").len() + node.items("required").len())
            {
                let what =
                    "schemas include so many properties that they are not looked at together from here on";
                model.record_stopped_check(
                    &schema.location,
                    what,
                    "include less, or refer to it from a property",
                );
                return false;
            }
            next.extend(keywords.iter().flat_map(|keyword| node.items(keyword)));
        }
    }
    let what = "this schema includes too many others to look at all of them together";
    model.record_stopped_check(&schema.location, what, "include fewer schemas, or name some of them as one");
    false
}

/// Returns the name of the component to which a reference leads: the last part of `target`, in which escapes (like
/// `~1`) are replaced by their characters.
pub(super) fn extract_component_name(target: &str) -> String {
    unescape_token(target.rsplit('/').next().unwrap_or_default())
}

/// Returns the name of a composition's member for messages: the name of the component if the member is a reference,
/// otherwise its title, or its position (like `number 2`) if it has no title.
pub(super) fn make_member_name(member: &Node, index: usize) -> String {
    match (member.ref_text(), member.get_str("title")) {
        (Some(target), _) => format!("`{}`", extract_component_name(target)),
        (None, Some(title)) => format!("`{title}`"),
        (None, None) => format!("number {}", index + 1),
    }
}

/// Whether a schema is a member of a composition, and so applies to the same value as the schema around it.
pub(super) fn is_composition_member(place: &Place<'_>) -> bool {
    matches!(place.key_in_parent, "allOf" | "oneOf" | "anyOf" | "not")
}

/// Whether a schema has `allOf`, `anyOf` or `oneOf`.
pub(super) fn has_composition_keyword(node: &Node) -> bool {
    ["allOf", "anyOf", "oneOf"].iter().any(|key| node.get(key).is_some())
}
