//! Functions about the composition of schemas, for several rules.

use std::collections::{BTreeMap, HashSet};

use partner_spec::pointer::unescape;
use partner_spec::{Entry, Node};

use crate::model::{Model, Place};

/// The most schemas of one composition that are visited, because thousands of schemas may include each other.
const MAX_STEPS: usize = 250;

/// The keywords that list alternatives.
pub(super) const UNION_KEYWORDS: [&str; 2] = ["oneOf", "anyOf"];

/// The schemas that a value has to match at the same time: the schema itself, the members of its `allOf`, their
/// members, and so on.
pub(super) fn members<'a>(model: &Model<'a>, schema: &'a Node) -> Vec<&'a Node> {
    reachable(model, schema, &["allOf"])
}

/// All schemas that can be reached through these keywords, the schema itself first. References are resolved.
fn reachable<'a>(model: &Model<'a>, schema: &'a Node, keywords: &[&str]) -> Vec<&'a Node> {
    let mut seen = HashSet::new();
    let mut list: Vec<&Node> = Vec::new();
    let mut next = vec![schema];
    for _ in 0..MAX_STEPS {
        let Some(node) = next.pop() else { break };
        let Some(node) = resolve(model, node) else { continue };
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

/// Returns the schema itself, or the target of its reference. As this is called for every member of every composition,
/// references without escapes are looked up directly.
fn resolve<'a>(model: &Model<'a>, node: &'a Node) -> Option<&'a Node> {
    let name = node.ref_target().and_then(|target| target.strip_prefix("#/components/schemas/"));
    match name {
        Some(name) if !name.contains(['~', '/']) => model.schema(name),
        _ => model.resolve(node),
    }
}

/// The properties of a schema and of the members of its `allOf`.
pub(super) fn properties<'a>(model: &Model<'a>, schema: &'a Node) -> BTreeMap<&'a str, &'a Entry> {
    let mut found = BTreeMap::new();
    for member in members(model, schema) {
        for property in member.entries("properties") {
            found.entry(property.key.as_str()).or_insert(property);
        }
    }
    found
}

/// The names in `required` of a schema and of the members of its `allOf`.
pub(super) fn required<'a>(model: &Model<'a>, schema: &'a Node) -> HashSet<&'a str> {
    let members = members(model, schema);
    members.iter().flat_map(|member| member.items("required")).filter_map(Node::as_str).collect()
}

/// The names of all properties that a schema, the members of its `allOf` and its alternatives declare.
pub(super) fn declared_names<'a>(model: &Model<'a>, schema: &'a Node) -> HashSet<&'a str> {
    let all = reachable(model, schema, &["allOf", "oneOf", "anyOf"]);
    all.iter().flat_map(|node| node.entries("properties")).map(|entry| entry.key.as_str()).collect()
}

/// Whether all parts of a composed schema are known; false if a reference cannot be resolved, or if there are too many
/// parts to be visited.
pub(super) fn is_known<'a>(model: &Model<'a>, schema: &'a Node) -> bool {
    let keywords = ["allOf", "oneOf", "anyOf"];
    let mut seen = HashSet::new();
    let mut next = vec![schema];
    for _ in 0..MAX_STEPS {
        let Some(node) = next.pop() else { return true };
        let Some(node) = resolve(model, node) else { return false };
        if seen.insert(std::ptr::from_ref(node)) {
            // The caller visits all properties and required names, so they are counted here.
            if !model.compare(1 + node.entries("properties").len() + node.items("required").len()) {
                let what =
                    "schemas include so many properties that they are not looked at together from here on";
                model.stop(&schema.location, what, "include less, or refer to it from a property");
                return false;
            }
            next.extend(keywords.iter().flat_map(|keyword| node.items(keyword)));
        }
    }
    let what = "this schema includes too many others to look at all of them together";
    model.stop(&schema.location, what, "include fewer schemas, or name some of them as one");
    false
}

/// The name of the component to which a reference refers.
pub(super) fn reference_name(target: &str) -> String {
    unescape(target.rsplit('/').next().unwrap_or_default())
}

/// The name of a member of a composition in messages: the name of the component, the title, or the number.
pub(super) fn member_name(member: &Node, index: usize) -> String {
    match (member.ref_target(), member.str("title")) {
        (Some(target), _) => format!("`{}`", reference_name(target)),
        (None, Some(title)) => format!("`{title}`"),
        (None, None) => format!("number {}", index + 1),
    }
}

/// Whether a schema is a member of a composition, so that it applies to the same value as its parent.
pub(super) fn is_member(place: &Place<'_>) -> bool {
    matches!(place.field, "allOf" | "oneOf" | "anyOf" | "not")
}

/// Whether a schema has `allOf`, `anyOf` or `oneOf`.
pub(super) fn is_composed(node: &Node) -> bool {
    ["allOf", "anyOf", "oneOf"].iter().any(|key| node.get(key).is_some())
}
