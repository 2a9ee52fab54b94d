//! Taking out of a document what is wrong in it, with all that depends on it.

use std::collections::{BTreeSet, HashMap};

use partner_spec::{Location, METHODS, Node, Value};

use super::places::Places;

/// Takes out the operations and schemas that these places are in, and whatever refers to them or to nothing. Returns
/// whether there was anything to take out.
pub(super) fn prune(root: &mut Node, places: &Places) -> bool {
    let targets = bad_targets(root, places);
    let mut pruned = prune_operations(root, places, &targets);
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    if let Some(Value::Object(schemas)) = schemas.map(|node| &mut node.value) {
        let before = schemas.len();
        schemas.retain(|entry| !targets.contains(&schema_target(&entry.key)));
        pruned |= schemas.len() < before;
    }
    pruned
}

/// What must not be referred to: what does not exist, what holds one of the places, and what refers to any of these.
fn bad_targets(root: &Node, places: &Places) -> BTreeSet<String> {
    let mut open = Vec::new();
    references(root, &mut |target| {
        let exists = target.strip_prefix('#').is_some_and(|pointer| root.pointer(pointer).is_some());
        if !exists {
            open.push(target.to_owned());
        }
    });
    let mut users: HashMap<&str, Vec<String>> = HashMap::new();
    for (target, key, node) in components(root) {
        references(node, &mut |inner| users.entry(inner).or_default().push(target.clone()));
        if places.within(key, node) > 0 {
            open.push(target);
        }
    }
    let mut bad = BTreeSet::new();
    while let Some(target) = open.pop() {
        if !bad.contains(&target) {
            open.extend(users.get(target.as_str()).into_iter().flatten().cloned());
            bad.insert(target);
        }
    }
    bad
}

/// The components, each with the reference that leads to it.
fn components(root: &Node) -> impl Iterator<Item = (String, &Location, &Node)> {
    root.entries("components").flat_map(|section| {
        let entries = section.node.as_object().into_iter().flat_map(|object| object.iter());
        entries
            .map(|e| (format!("#/components/{}/{}", section.key, escape(&e.key)), &e.key_location, &e.node))
    })
}

fn schema_target(name: &str) -> String {
    format!("#/components/schemas/{}", escape(name))
}

/// A name as a token of a JSON pointer.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn prune_operations(root: &mut Node, places: &Places, targets: &BTreeSet<String>) -> bool {
    let requires = |security: &Node| requires_any(security, targets);
    let inherited = root.get("security").is_some_and(requires);
    let mut pruned = false;
    let Some(paths) = root.get_mut("paths").and_then(Node::as_object_mut) else { return false };
    paths.retain(|path| {
        let operations = METHODS.iter().filter_map(|method| path.node.get(method));
        let in_operations: usize = operations.map(|operation| places.inside(operation)).sum();
        // What is not in one of its operations concerns all of them.
        let whole = places.within(&path.key_location, &path.node) > in_operations
            || refers_to_any_directly(&path.node, targets);
        pruned |= whole;
        !whole
    });
    for path in paths.iter_mut() {
        let Some(item) = path.node.as_object_mut() else { continue };
        item.retain(|entry| {
            let bad = METHODS.contains(&entry.key.as_str())
                && (places.within(&entry.key_location, &entry.node) > 0
                    || refers_to_any(&entry.node, targets)
                    || entry.node.get("security").map_or(inherited, requires));
            pruned |= bad;
            !bad
        });
    }
    pruned
}

/// Whether security requirements name a scheme that must not be referred to.
fn requires_any(security: &Node, targets: &BTreeSet<String>) -> bool {
    let requirements = security.as_array().unwrap_or_default().iter().filter_map(Node::as_object);
    let mut names = requirements.flat_map(|requirement| requirement.iter()).map(|entry| entry.key.as_str());
    names.any(|name| targets.contains(&format!("#/components/securitySchemes/{}", escape(name))))
}

/// Whether the parameters of a path item refer to any of these.
fn refers_to_any_directly(item: &Node, targets: &BTreeSet<String>) -> bool {
    item.items("parameters").iter().any(|parameter| refers_to_any(parameter, targets))
}

fn refers_to_any(node: &Node, targets: &BTreeSet<String>) -> bool {
    if targets.is_empty() {
        return false;
    }
    let mut refers = false;
    references(node, &mut |target| refers |= targets.contains(target));
    refers
}

/// Calls a function for the target of each reference in a node.
fn references<'n>(node: &'n Node, seen: &mut impl FnMut(&'n str)) {
    match &node.value {
        Value::Object(object) => {
            if let Some(target) = node.ref_target() {
                seen(target);
            }
            object.iter().for_each(|entry| references(&entry.node, seen));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, seen)),
        _ => {}
    }
}
