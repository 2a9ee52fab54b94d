//! What several rules ask about schemas: what they are made of, through `allOf` and references.

use std::collections::{BTreeMap, HashSet};

use partner_spec::pointer::unescape;
use partner_spec::{Entry, Node};

use crate::model::{Model, Place};

/// Schemas that include more than that are not followed further: a document may have thousands that all include each
/// other.
const MAX_STEPS: usize = 250;

/// The keywords whose members a value has to fit, all or some.
pub(super) const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

/// The schemas that a value of this one fits at the same time: itself, the members of its `allOf`, and theirs.
pub(super) fn members<'a>(model: &Model<'a>, schema: &'a Node) -> Vec<&'a Node> {
    reachable(model, schema, &["allOf"])
}

/// What can be reached from a schema through these keywords, references followed, the schema itself first.
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

/// The schema itself, or what it refers to. Asked for every member of every composition, so names that need no
/// unescaping are looked up as they are.
fn resolve<'a>(model: &Model<'a>, node: &'a Node) -> Option<&'a Node> {
    let name = node.ref_target().and_then(|target| target.strip_prefix("#/components/schemas/"));
    match name {
        Some(name) if !name.contains(['~', '/']) => model.schema(name),
        _ => model.resolve(node),
    }
}

/// The properties that every value may have: its own, and those of the members of its `allOf`.
pub(super) fn properties<'a>(model: &Model<'a>, schema: &'a Node) -> BTreeMap<&'a str, &'a Entry> {
    let mut found = BTreeMap::new();
    for member in members(model, schema) {
        for property in member.entries("properties") {
            found.entry(property.key.as_str()).or_insert(property);
        }
    }
    found
}

/// The names that are required of every value.
pub(super) fn required<'a>(model: &Model<'a>, schema: &'a Node) -> HashSet<&'a str> {
    let members = members(model, schema);
    members.iter().flat_map(|member| member.items("required")).filter_map(Node::as_str).collect()
}

/// The names of the properties that are declared somewhere in a schema, alternatives included.
pub(super) fn declared<'a>(model: &Model<'a>, schema: &'a Node) -> HashSet<&'a str> {
    let all = reachable(model, schema, &["allOf", "oneOf", "anyOf"]);
    all.iter().flat_map(|node| node.entries("properties")).map(|entry| entry.key.as_str()).collect()
}

/// Whether all that a schema is composed of can be found. It cannot where a reference leads nowhere, or too far.
pub(super) fn is_known<'a>(model: &Model<'a>, schema: &'a Node) -> bool {
    let keywords = ["allOf", "oneOf", "anyOf"];
    let mut seen = HashSet::new();
    let mut next = vec![schema];
    for _ in 0..MAX_STEPS {
        let Some(node) = next.pop() else { return true };
        let Some(node) = resolve(model, node) else { return false };
        if seen.insert(std::ptr::from_ref(node)) {
            // Whoever asks looks at all of them.
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

/// The last part of a reference to a component, as a name.
pub(super) fn reference_name(target: &str) -> String {
    unescape(target.rsplit('/').next().unwrap_or_default())
}

/// How a member of a composition is called in messages: its name, or its number.
pub(super) fn member_name(member: &Node, index: usize) -> String {
    match (member.ref_target(), member.str("title")) {
        (Some(target), _) => format!("`{}`", reference_name(target)),
        (None, Some(title)) => format!("`{title}`"),
        (None, None) => format!("number {}", index + 1),
    }
}

/// Whether a schema is a part of another one that speaks of the same value.
pub(super) fn is_member(place: &Place<'_>) -> bool {
    matches!(place.field, "allOf" | "oneOf" | "anyOf" | "not")
}

/// Whether a schema is put together from others.
pub(super) fn is_composed(node: &Node) -> bool {
    ["allOf", "anyOf", "oneOf"].iter().any(|key| node.get(key).is_some())
}
