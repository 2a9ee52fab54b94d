//! Removes the wrong parts of a document, for callers that need every value to have the type that the specification
//! demands.

use super::{types, versions};
use crate::grammar::{Holds, Kind};
use crate::rules::response_code;
use crate::{Diagnostics, Entry, Node, Object, Value};

/// Returns the object without unknown keys, values of the wrong type, and references that cannot be resolved. `None`
/// if the node itself is a reference that cannot be resolved, or is not an object.
pub(crate) fn sound(node: &Node, kind: Kind, root: &Node) -> Option<Node> {
    if kind.can_be_reference() && node.get("$ref").is_some() {
        let target = node.ref_target()?.strip_prefix('#')?;
        return root.pointer(target).map(|_| node.clone());
    }
    let entries = node.as_object()?.iter().filter_map(|entry| {
        let node = sound_field(entry, kind, root)?;
        Some(Entry { node, key: entry.key.clone(), key_location: entry.key_location.clone() })
    });
    Some(build_object(entries, node))
}

fn sound_field(entry: &Entry, kind: Kind, root: &Node) -> Option<Node> {
    let (key, node) = (entry.key.as_str(), &entry.node);
    let is_odd = match kind {
        Kind::Paths => !key.starts_with('/') && !key.starts_with("x-"),
        Kind::Responses => !key.starts_with("x-") && response_code::check(entry).is_some(),
        _ => false,
    };
    if is_odd || versions::foreign_value(kind, key, node).is_some() {
        return None;
    }
    match (kind.holds(key)?, &node.value) {
        (Holds::OneOrBool(_), Value::Bool(_)) => Some(node.clone()),
        (Holds::One(kind) | Holds::OneOrBool(kind), _) => sound_or_anything(node, kind, root),
        (Holds::List(kind), Value::Array(items)) => {
            let items: Vec<Node> = items.iter().filter_map(|item| sound(item, kind, root)).collect();
            // An `allOf`, `oneOf` or `anyOf` without schemas means nothing, so it is removed.
            let is_left = kind != Kind::Schema || !items.is_empty();
            is_left.then(|| Node::new(Value::Array(items), &node.location))
        }
        (Holds::Map(kind), Value::Object(map)) => {
            let entries = map.iter().filter_map(|entry| {
                let node = sound_or_anything(&entry.node, kind, root)?;
                Some(Entry { node, key: entry.key.clone(), key_location: entry.key_location.clone() })
            });
            Some(build_object(entries, node))
        }
        (Holds::List(_) | Holds::Map(_), _) => None,
        (holds, _) => {
            let mut found = Diagnostics::new();
            types::check(key, node, holds, kind, &mut found);
            found.is_empty().then(|| node.clone())
        }
    }
}

/// Like [`sound`], but a schema that is removed is replaced by `true`, which allows any value. No document has that
/// schema, because OpenAPI 3.0 does not know it, so rules can tell that the schema was wrong and has been reported.
fn sound_or_anything(node: &Node, kind: Kind, root: &Node) -> Option<Node> {
    let anything = || (kind == Kind::Schema).then(|| Node::new(Value::Bool(true), &node.location));
    sound(node, kind, root).or_else(anything)
}

fn build_object(entries: impl Iterator<Item = Entry>, place: &Node) -> Node {
    let mut object = Object::new();
    entries.for_each(|entry| object.push(entry));
    Node::new(Value::Object(object), &place.location)
}
