//! Removes the wrong parts of a document, for callers that need every value to have the type that the specification
//! demands.

use std::borrow::Cow;

use super::{types, versions};
use crate::grammar::{Holds, Kind};
use crate::rules::response_code;
use crate::{Diagnostics, Entry, Node, Object, Value};

/// Returns the object without unknown keys, values of the wrong type, and references that cannot be resolved; the node
/// itself if nothing of it is removed. `None` if the node is a reference that cannot be resolved, or is not an object.
pub(crate) fn sound<'n>(node: &'n Node, kind: Kind, root: &Node) -> Option<Cow<'n, Node>> {
    if kind.can_be_reference() && node.get("$ref").is_some() {
        let target = node.ref_target()?.strip_prefix('#')?;
        return root.pointer(target).map(|_| Cow::Borrowed(node));
    }
    Some(sound_object(node, node.as_object()?, |entry| sound_field(entry, kind, root)))
}

fn sound_field<'n>(entry: &'n Entry, kind: Kind, root: &Node) -> Option<Cow<'n, Node>> {
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
        (Holds::OneOrBool(_), Value::Bool(_)) => Some(Cow::Borrowed(node)),
        (Holds::One(kind) | Holds::OneOrBool(kind), _) => sound_or_anything(node, kind, root),
        (Holds::List(kind), Value::Array(items)) => {
            let left: Vec<Cow<'n, Node>> = items.iter().filter_map(|item| sound(item, kind, root)).collect();
            // An `allOf`, `oneOf` or `anyOf` without schemas means nothing, so it is removed.
            if kind == Kind::Schema && left.is_empty() {
                return None;
            }
            if left.len() == items.len() && left.iter().all(|item| matches!(item, Cow::Borrowed(_))) {
                return Some(Cow::Borrowed(node));
            }
            let items = left.into_iter().map(Cow::into_owned).collect();
            Some(Cow::Owned(Node::new(Value::Array(items), &node.location)))
        }
        (Holds::Map(kind), Value::Object(map)) => {
            Some(sound_object(node, map, |entry| sound_or_anything(&entry.node, kind, root)))
        }
        (Holds::List(_) | Holds::Map(_), _) => None,
        (holds, _) => {
            let mut found = Diagnostics::new();
            types::check(key, node, holds, kind, &mut found);
            found.is_empty().then_some(Cow::Borrowed(node))
        }
    }
}

/// Like [`sound`], but a schema that is removed is replaced by `true`, which allows any value. No document has that
/// schema, because OpenAPI 3.0 does not know it, so rules can tell that the schema was wrong and has been reported.
fn sound_or_anything<'n>(node: &'n Node, kind: Kind, root: &Node) -> Option<Cow<'n, Node>> {
    let anything =
        || (kind == Kind::Schema).then(|| Cow::Owned(Node::new(Value::Bool(true), &node.location)));
    sound(node, kind, root).or_else(anything)
}

/// Returns a node with the values that `sound` returns for its entries; the node itself if these are its own values.
fn sound_object<'n>(
    node: &'n Node,
    object: &'n Object,
    sound: impl Fn(&'n Entry) -> Option<Cow<'n, Node>>,
) -> Cow<'n, Node> {
    let left: Vec<Option<Cow<'n, Node>>> = object.iter().map(sound).collect();
    if left.iter().all(|value| matches!(value, Some(Cow::Borrowed(_)))) {
        return Cow::Borrowed(node);
    }
    let mut changed = Object::new();
    for (entry, value) in object.iter().zip(left) {
        if let Some(value) = value {
            let key_location = entry.key_location.clone();
            changed.push(Entry { key: entry.key.clone(), key_location, node: value.into_owned() });
        }
    }
    Cow::Owned(Node::new(Value::Object(changed), &node.location))
}
