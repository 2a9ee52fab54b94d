//! Renames misspelled keys to the correct names, after they were reported. Otherwise, later rules would report the
//! correct keys as missing.

use std::borrow::Cow;

use super::{find_intended_key, versions};
use crate::grammar::ObjectKind;
use crate::rebuild::{replace_objects_in_value, replace_values};
use crate::{Node, Value};

/// Repairs the keys of a tree: renames misspelled keys to the correct names, and removes unknown sections of
/// `components`. Returns the new tree; `None` if nothing changes. A misspelled key is not renamed if its object also
/// has the correct key.
pub(crate) fn repair_keys(node: &Node, kind: ObjectKind) -> Option<Node> {
    if kind.can_be_reference() && node.get("$ref").is_some() {
        return None;
    }
    let mut object = Cow::Borrowed(node.as_object()?);
    let is_unknown = |key: &str| kind.value_kind(key).is_none();
    if kind == ObjectKind::Components && object.iter().any(|entry| is_unknown(&entry.key)) {
        object.to_mut().retain(|entry| !is_unknown(&entry.key));
    }
    let named = matches!(kind, ObjectKind::Paths | ObjectKind::Responses | ObjectKind::Callback);
    let unknown = object.iter().filter(|entry| !named && is_unknown(&entry.key));
    let meant = |key: &str| match versions::find_other_version_key(kind, key) {
        Some(_) => versions::find_replacement_key(kind, key),
        None => find_intended_key(kind, key),
    };
    let renamed: Vec<(String, &str)> =
        unknown.filter_map(|entry| Some((entry.key.clone(), meant(&entry.key)?))).collect();
    for (wrong, right) in renamed {
        if !object.contains_key(right) {
            object.to_mut().rename_key(&wrong, right);
        }
    }
    let repaired = replace_values(&object, |entry| {
        replace_objects_in_value(&entry.node, kind.value_kind(&entry.key)?, repair_keys)
    });
    let changed = match (repaired, object) {
        (Some(object), _) | (None, Cow::Owned(object)) => object,
        (None, Cow::Borrowed(_)) => return None,
    };
    Some(Node::new(Value::Object(changed), &node.location))
}
