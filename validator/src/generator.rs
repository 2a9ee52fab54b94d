//! Running the generator without keeping what it generates: each construct that cannot be generated is a finding.
//!
//! The generator stops at its first stage with findings, because the later ones would stumble over the same places.
//! Here, what was refused is taken out of the document together with all that uses it, and the rest is tried again.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use partner_spec::{Diagnostic, Diagnostics, Document, Kind, Location, METHODS, Node, Severity, Value};

/// The generator has about twenty stages; hardly a document fails in more than a few of them.
const MAX_ROUNDS: usize = 8;

/// What the generator refuses. Operations and schemas with `broken` places are not given to it.
pub(crate) fn dry_run(document: &Document, module: &str, broken: &Diagnostics) -> Diagnostics {
    let mut rest = Cow::Borrowed(document);
    if !broken.is_empty() {
        take_out(&mut rest.to_mut().root, &places(broken));
    }
    let mut all = Diagnostics::new();
    for _ in 0..MAX_ROUNDS {
        let Err(found) = partner_codegen::check(&rest, module) else { break };
        let taken = take_out(&mut rest.to_mut().root, &places(&found));
        all.extend(found);
        if !taken {
            break;
        }
    }
    all
}

/// What the generator refuses beyond what is known to be wrong: not once more what a rule found in the same line,
/// and a part that several operations share only once.
pub(crate) fn without_echoes(refused: Diagnostics, known: &Diagnostics) -> Diagnostics {
    let line = |location: &Location| (location.name().to_owned(), location.start.line);
    let errors = known.iter().filter(|d| d.severity == Severity::Error);
    let lines: HashSet<_> = errors.map(|d| line(&d.location)).collect();
    let mut seen = HashSet::new();
    let new = |d: &Diagnostic| {
        !lines.contains(&line(&d.location))
            && seen.insert((d.rule, line(&d.location), d.location.start.column))
    };
    refused.sorted().into_iter().filter(new).collect()
}

fn places(found: &Diagnostics) -> Vec<Location> {
    found.iter().filter(|d| d.severity == Severity::Error).map(|d| d.location.clone()).collect()
}

/// Takes out the operations and schemas that these places are in, and whatever refers to them. Returns whether there
/// was anything to take out.
fn take_out(root: &mut Node, places: &[Location]) -> bool {
    let mut names: BTreeSet<String> = schemas(root)
        .filter(|(_, key, node)| holds_any(key, node, places))
        .map(|(name, ..)| name.to_owned())
        .collect();
    loop {
        let users: Vec<String> = schemas(root)
            .filter(|(name, _, node)| !names.contains(*name) && refers_to_any(node, &names))
            .map(|(name, ..)| name.to_owned())
            .collect();
        if users.is_empty() {
            break;
        }
        names.extend(users);
    }
    let mut taken = !names.is_empty();
    taken |= take_operations_out(root, places, &names);
    if let Some(Value::Object(schemas)) =
        root.get_mut("components").and_then(|c| c.get_mut("schemas")).map(|node| &mut node.value)
    {
        schemas.retain(|entry| !names.contains(&entry.key));
    }
    taken
}

fn schemas(root: &Node) -> impl Iterator<Item = (&str, &Location, &Node)> {
    let components = root.get("components").into_iter();
    components.flat_map(|c| c.entries("schemas")).map(|e| (e.key.as_str(), &e.key_location, &e.node))
}

fn take_operations_out(root: &mut Node, places: &[Location], names: &BTreeSet<String>) -> bool {
    let components = root.get("components").cloned();
    let mut taken = false;
    let Some(paths) = root.get_mut("paths").and_then(Node::as_object_mut) else { return false };
    paths.retain(|path| {
        let whole = places.iter().any(|place| {
            let own = !METHODS.iter().any(|m| path.node.get(m).is_some_and(|op| holds(op, place)));
            own && within(&path.key_location, &path.node, place)
        });
        taken |= whole;
        !whole
    });
    for path in paths.iter_mut() {
        let Some(item) = path.node.as_object_mut() else { continue };
        item.retain(|entry| {
            let is_operation = METHODS.contains(&entry.key.as_str());
            let shared = components.as_ref().map(|c| shared_parts(&entry.node, c)).unwrap_or_default();
            let bad = is_operation
                && (holds_any(&entry.key_location, &entry.node, places)
                    || refers_to_any(&entry.node, names)
                    || shared
                        .iter()
                        .any(|part| holds_any(&part.location, part, places) || refers_to_any(part, names)));
            taken |= bad;
            !bad
        });
    }
    taken
}

/// The parameters, bodies and responses in `components` that an operation refers to.
fn shared_parts<'a>(operation: &Node, components: &'a Node) -> Vec<&'a Node> {
    let mut targets = Vec::new();
    references(operation, &mut |target| {
        let rest = target.strip_prefix("#/components/");
        let part = rest.filter(|rest| !rest.starts_with(Kind::Schema.section().unwrap_or_default()));
        targets.extend(part.and_then(|rest| components.pointer(&format!("/{rest}"))));
    });
    targets
}

fn refers_to_any(node: &Node, names: &BTreeSet<String>) -> bool {
    let mut refers = false;
    references(node, &mut |target| {
        refers |= target.strip_prefix("#/components/schemas/").is_some_and(|name| names.contains(name));
    });
    refers
}

/// Calls a function for the target of each reference in a node.
fn references(node: &Node, seen: &mut impl FnMut(&str)) {
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

fn holds_any(key: &Location, node: &Node, places: &[Location]) -> bool {
    places.iter().any(|place| within(key, node, place))
}

/// Whether a place is between the start of a key and the end of its value.
fn within(key: &Location, node: &Node, place: &Location) -> bool {
    holds(node, place) || (key.name() == place.name() && key.start <= place.start && place.start < key.end)
}

fn holds(node: &Node, place: &Location) -> bool {
    let range = &node.location;
    range.name() == place.name() && range.start <= place.start && place.start < range.end
}
