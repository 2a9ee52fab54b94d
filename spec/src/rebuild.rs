//! Replaces some objects in a tree of nodes. The new tree shares all other objects with the old tree, so they take no
//! additional memory.

use crate::grammar::{ObjectKind, ValueKind};
use crate::{Entry, Node, Object, Value};

/// Replaces objects in the value of a key. If the value (`node`) is an object, `replace` is called with this object. If
/// it is a list or map of objects, `replace` is called with each of them. `replace` returns the new object, or `None`
/// to keep the old one. The function returns the changed copy of the value; `None` if no object was replaced.
pub(crate) fn replace_objects_in_value(
    node: &Node,
    value_kind: ValueKind,
    mut replace: impl FnMut(&Node, ObjectKind) -> Option<Node>,
) -> Option<Node> {
    match (value_kind, &node.value) {
        (ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind), _) => replace(node, kind),
        (ValueKind::ObjectList(kind), Value::Array(items)) => {
            let replaced: Vec<Option<Node>> = items.iter().map(|item| replace(item, kind)).collect();
            if replaced.iter().all(Option::is_none) {
                return None;
            }
            let items = replaced.into_iter().zip(items).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
            Some(Node::new(Value::Array(items.collect()), &node.location))
        }
        (ValueKind::ObjectMap(kind), Value::Object(object)) => {
            let object = replace_values(object, |entry| replace(&entry.node, kind))?;
            Some(Node::new(Value::Object(object), &node.location))
        }
        _ => None,
    }
}

/// Returns a copy of an object in which `replace` has replaced some values; `None` if no value was replaced. `replace`
/// gets each entry, and returns its new value, or `None` to keep the old one.
pub(crate) fn replace_values(
    object: &Object,
    mut replace: impl FnMut(&Entry) -> Option<Node>,
) -> Option<Object> {
    let mut replaced: Option<Object> = None;
    for entry in object.iter() {
        if let Some(value) = replace(entry) {
            replaced.get_or_insert_with(|| object.clone()).set_value(&entry.key, value);
        }
    }
    replaced
}
