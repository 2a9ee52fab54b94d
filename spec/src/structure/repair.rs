//! Repairs misspelled keys after they were reported, so that the intended keys are not reported as missing, too.

use super::{intended_key, versions};
use crate::grammar::{Holds, Kind};
use crate::{Node, Value};

/// Renames misspelled keys to their correct names, and removes unknown sections of `components`. A misspelled key
/// stays as it is where the object has the correct key too.
pub(crate) fn repair(node: &mut Node, kind: Kind) {
    if kind.can_be_reference() && node.get("$ref").is_some() {
        return;
    }
    let Some(object) = node.as_object_mut() else { return };
    if kind == Kind::Components {
        object.retain(|entry| kind.holds(&entry.key).is_some());
    }
    let named = matches!(kind, Kind::Paths | Kind::Responses | Kind::Callback);
    let unknown = object.iter().filter(|entry| !named && kind.holds(&entry.key).is_none());
    let meant = |key: &str| match versions::foreign_key(kind, key) {
        Some(_) => versions::replacement_for(kind, key),
        None => intended_key(kind, key),
    };
    let renamed: Vec<(String, &str)> =
        unknown.filter_map(|entry| Some((entry.key.clone(), meant(&entry.key)?))).collect();
    for (wrong, right) in renamed {
        if !object.contains(right) {
            object.rename(&wrong, right);
        }
    }
    for entry in object.iter_mut() {
        match (kind.holds(&entry.key), &mut entry.node.value) {
            (Some(Holds::One(kind) | Holds::OneOrBool(kind)), _) => repair(&mut entry.node, kind),
            (Some(Holds::List(kind)), Value::Array(items)) => {
                items.iter_mut().for_each(|item| repair(item, kind));
            }
            (Some(Holds::Map(kind)), Value::Object(object)) => {
                object.iter_mut().for_each(|entry| repair(&mut entry.node, kind));
            }
            _ => {}
        }
    }
}
