//! Finds the unused components. A component is used if the document refers to it, directly or through other used
//! components.

use std::collections::{HashMap, HashSet};

use partner_spec::pointer::unescape_token;
use partner_spec::{Entry, Node, ObjectKind, Value};

use crate::model::Model;

/// The key of a component: its section of `components`, like `schemas`, and its name.
type ComponentKey<'a> = (&'a str, String);

/// Returns the unused components, each with its section of `components`, like `schemas`. Security schemes and
/// extensions are not examined.
pub(super) fn find_unused_components<'a>(model: &Model<'a>) -> Vec<(&'a str, &'a Entry)> {
    let Some(components) = model.root.get("components").and_then(Node::as_object) else { return Vec::new() };
    let all: Vec<(&str, &Entry)> = components
        .iter()
        .filter(|section| section.key != "securitySchemes" && !section.key.starts_with("x-"))
        .flat_map(|section| components_of(section).map(|entry| (section.key.as_str(), entry)))
        .collect();
    let used = collect_used_components(model, &all);
    all.into_iter().filter(|(section, entry)| !used.contains(&(*section, entry.key.clone()))).collect()
}

fn components_of(section: &Entry) -> impl Iterator<Item = &Entry> {
    section.node.as_object().into_iter().flat_map(|object| object.iter())
}

fn collect_used_components<'a>(model: &Model<'a>, all: &[(&'a str, &'a Entry)]) -> HashSet<ComponentKey<'a>> {
    let nodes: HashMap<ComponentKey<'a>, &'a Node> =
        all.iter().map(|(section, entry)| ((*section, entry.key.clone()), &entry.node)).collect();
    let children = collect_child_schema_names_by_parent(all);
    let mut open = Vec::new();
    for entry in model.root.as_object().into_iter().flat_map(|object| object.iter()) {
        if entry.key != "components" {
            collect_referenced_component_keys(&entry.node, &mut open);
        }
    }
    let meant = |node: &Node| node.value_is_true("x-public") || node.get("x-webhook").is_some();
    open.extend(all.iter().filter(|(_, e)| meant(&e.node)).map(|(section, e)| (*section, e.key.clone())));
    let mut used = HashSet::new();
    while let Some(name) = open.pop() {
        let Some((name, node)) = nodes.get_key_value(&name) else { continue };
        if !used.insert(name.clone()) {
            continue;
        }
        collect_referenced_component_keys(node, &mut open);
        // If a schema has a discriminator, the schemas that include it by `allOf` are used as well, because the
        // discriminator may select any of them.
        if node.get("discriminator").is_some() {
            let built = children.get(name.1.as_str()).into_iter().flatten();
            open.extend(built.map(|child| ("schemas", (*child).to_owned())));
        }
    }
    used
}

/// Returns a map from the name of each parent schema to the names of its child schemas. A child schema has a reference
/// to its parent in its `allOf`. `all` contains all components, each with the name of its section of `components`, like
/// `schemas`.
fn collect_child_schema_names_by_parent<'a>(all: &[(&'a str, &'a Entry)]) -> HashMap<&'a str, Vec<&'a str>> {
    let mut children: HashMap<&str, Vec<&str>> = HashMap::new();
    for (_, entry) in all.iter().filter(|(section, _)| *section == "schemas") {
        for part in entry.node.get_items("allOf") {
            if let Some(parent) = part.ref_text().and_then(|target| target.strip_prefix(SCHEMAS)) {
                children.entry(parent).or_default().push(&entry.key);
            }
        }
    }
    children
}

const SCHEMAS: &str = "#/components/schemas/";

/// Adds to `found` all components to which a node refers. References deep inside the node count as well, and also those
/// in extensions and discriminators.
fn collect_referenced_component_keys<'a>(node: &'a Node, found: &mut Vec<ComponentKey<'a>>) {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Object(object) => {
                found.extend(node.ref_text().and_then(parse_component_reference));
                let mapping = node.get("discriminator").into_iter().flat_map(|d| d.get_entries("mapping"));
                found.extend(mapping.filter_map(|entry| entry.node.as_str()).map(parse_mapping_target));
                open.extend(object.iter().map(|entry| &entry.node));
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

fn parse_component_reference(target: &str) -> Option<ComponentKey<'_>> {
    let (section, name) = target.strip_prefix("#/components/")?.split_once('/')?;
    let name = name.split('/').next().unwrap_or_default();
    Some((section, unescape_token(name)))
}

/// Returns the key of the component to which a discriminator's `mapping` leads. `target` is a value in the `mapping`:
/// the name of a schema, or a reference to a schema.
fn parse_mapping_target(target: &str) -> ComponentKey<'_> {
    let name = target.rsplit('/').next().unwrap_or_default();
    (ObjectKind::Schema.components_key().unwrap_or_default(), name.to_owned())
}
