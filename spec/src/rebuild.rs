//! Rebuilds trees in which some objects are replaced. All other objects are shared with the tree before, so that the
//! copies of an object take no memory while they stay the same.

use crate::grammar::{Holds, Kind};
use crate::{Entry, Node, Object, Value};

/// Replaces the objects in the value of a field: `replace` returns the new object, or `None` to keep the old one.
/// Returns the new value; `None` if all objects stay.
pub(crate) fn replace_in_field(
    node: &Node,
    holds: Holds,
    mut replace: impl FnMut(&Node, Kind) -> Option<Node>,
) -> Option<Node> {
    match (holds, &node.value) {
        (Holds::One(kind) | Holds::OneOrBool(kind), _) => replace(node, kind),
        (Holds::List(kind), Value::Array(items)) => {
            let replaced: Vec<Option<Node>> = items.iter().map(|item| replace(item, kind)).collect();
            if replaced.iter().all(Option::is_none) {
                return None;
            }
            let items = replaced.into_iter().zip(items).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
            Some(Node::new(Value::Array(items.collect()), &node.location))
        }
        (Holds::Map(kind), Value::Object(object)) => {
            let object = replace_values(object, |entry| replace(&entry.node, kind))?;
            Some(Node::new(Value::Object(object), &node.location))
        }
        _ => None,
    }
}

/// Replaces the values of an object: `replace` returns the new value, or `None` to keep the old one. Returns the new
/// object; `None` if all values stay.
pub(crate) fn replace_values(
    object: &Object,
    mut replace: impl FnMut(&Entry) -> Option<Node>,
) -> Option<Object> {
    let mut replaced: Option<Object> = None;
    for entry in object.iter() {
        if let Some(value) = replace(entry) {
            replaced.get_or_insert_with(|| object.clone()).set(&entry.key, value);
        }
    }
    replaced
}
