//! Removes the invalid values of a document, so that every remaining value has the type that the OpenAPI specification
//! demands.

use std::borrow::Cow;

use super::{types, versions};
use crate::grammar::{ObjectKind, ValueKind};
use crate::rules::response_code;
use crate::{Entry, Findings, Node, Object, Value};

/// Removes unknown keys, values of the wrong type and unresolved references from the object `node`, and returns the
/// rest of it. Borrows the node if nothing has to be removed. Returns `None` if the node is not an object, or is an
/// unresolved reference.
pub(crate) fn remove_invalid_parts<'n>(
    node: &'n Node,
    kind: ObjectKind,
    root: &Node,
) -> Option<Cow<'n, Node>> {
    if kind.can_be_reference() && node.get("$ref").is_some() {
        let target = node.ref_text()?.strip_prefix('#')?;
        return root.pointer(target).map(|_| Cow::Borrowed(node));
    }
    Some(filter_map_values(node, node.as_object()?, |entry| {
        remove_invalid_parts_from_field(entry, kind, root)
    }))
}

fn remove_invalid_parts_from_field<'n>(
    entry: &'n Entry,
    kind: ObjectKind,
    root: &Node,
) -> Option<Cow<'n, Node>> {
    let (key, node) = (entry.key.as_str(), &entry.node);
    let is_odd = match kind {
        ObjectKind::Paths => !key.starts_with('/') && !key.starts_with("x-"),
        ObjectKind::Responses => !key.starts_with("x-") && response_code::check_response_key(entry).is_some(),
        _ => false,
    };
    if is_odd || versions::check_value_from_other_version(kind, key, node).is_some() {
        return None;
    }
    match (kind.value_kind(key)?, &node.value) {
        (ValueKind::ObjectOrBool(_), Value::Bool(_)) => Some(Cow::Borrowed(node)),
        (ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind), _) => {
            remove_invalid_parts_or_replace_schema(node, kind, root)
        }
        (ValueKind::ObjectList(kind), Value::Array(items)) => {
            let left: Vec<Cow<'n, Node>> =
                items.iter().filter_map(|item| remove_invalid_parts(item, kind, root)).collect();
            // An `allOf`, `oneOf` or `anyOf` without schemas has no meaning, so it is removed as well.
            if kind == ObjectKind::Schema && left.is_empty() {
                return None;
            }
            if left.len() == items.len() && left.iter().all(|item| matches!(item, Cow::Borrowed(_))) {
                return Some(Cow::Borrowed(node));
            }
            let items = left.into_iter().map(Cow::into_owned).collect();
            Some(Cow::Owned(Node::new(Value::Array(items), &node.location)))
        }
        (ValueKind::ObjectMap(kind), Value::Object(map)) => Some(filter_map_values(node, map, |entry| {
            remove_invalid_parts_or_replace_schema(&entry.node, kind, root)
        })),
        (ValueKind::ObjectList(_) | ValueKind::ObjectMap(_), _) => None,
        (value_kind, _) => {
            let mut found = Findings::new();
            types::check_value_type(key, node, value_kind, kind, &mut found);
            found.is_empty().then_some(Cow::Borrowed(node))
        }
    }
}

/// Like [`remove_invalid_parts`], but replaces an invalid schema with the schema `true`, which allows any value,
/// instead of returning `None`. OpenAPI 3.0 does not have the schema `true`. So a rule that finds this schema later
/// knows that it replaces an invalid schema, which has already been reported as an error.
fn remove_invalid_parts_or_replace_schema<'n>(
    node: &'n Node,
    kind: ObjectKind,
    root: &Node,
) -> Option<Cow<'n, Node>> {
    let anything =
        || (kind == ObjectKind::Schema).then(|| Cow::Owned(Node::new(Value::Bool(true), &node.location)));
    remove_invalid_parts(node, kind, root).or_else(anything)
}

/// Returns a copy of `node` in which `keep_valid` has replaced the values of the entries. `keep_valid` gets each entry,
/// and returns its new value, or `None` to leave the entry out. If nothing changes, the result borrows `node`. `object`
/// is the value of `node`.
fn filter_map_values<'n>(
    node: &'n Node,
    object: &'n Object,
    keep_valid: impl Fn(&'n Entry) -> Option<Cow<'n, Node>>,
) -> Cow<'n, Node> {
    let left: Vec<Option<Cow<'n, Node>>> = object.iter().map(keep_valid).collect();
    if left.iter().all(|value| matches!(value, Some(Cow::Borrowed(_)))) {
        return Cow::Borrowed(node);
    }
    let mut changed = Object::new();
    for (entry, value) in object.iter().zip(left) {
        if let Some(value) = value {
            let key_location = entry.key_location.clone();
            changed.push_new_entry(Entry { key: entry.key.clone(), key_location, node: value.into_owned() });
        }
    }
    Cow::Owned(Node::new(Value::Object(changed), &node.location))
}
