//! Reads string enums. They are open unless they have `x-closed-enum`, because a vendor may add values without
//! notice.

use std::collections::{HashMap, HashSet};

use partner_spec::{Diagnostics, Node};

use crate::names::variant_name;
use crate::rules::{enum_annotation, enum_name, enum_value_collision};
use crate::types::{Enum, EnumValue};

/// The variant for values that the document does not list.
pub(super) const UNRECOGNIZED: &str = "Unrecognized";

/// Reads an enum. Reports values that would become the same variant.
pub(super) fn read(node: &Node, found: &mut Diagnostics) -> Enum {
    let mut values: Vec<EnumValue> = Vec::new();
    let mut variants: HashMap<String, &Node> = HashMap::new();
    let descriptions = node.get("x-enum-descriptions");
    let closed = node.flag("x-closed-enum");
    for value in node.items("enum") {
        let Some(wire) = value.as_str() else { continue };
        let named = node.get("x-enum-names").and_then(|names| names.str(wire));
        let variant = variant_name(named.unwrap_or(wire));
        if variant == UNRECOGNIZED && !closed {
            found.push(enum_value_collision::reserved(wire, UNRECOGNIZED, value));
            continue;
        }
        if let Some(first) = variants.insert(variant.clone(), value) {
            found.push(enum_value_collision::report(wire, value, first));
            continue;
        }
        values.push(EnumValue {
            wire: wire.to_owned(),
            variant,
            description: descriptions.and_then(|d| d.str(wire)).map(str::to_owned),
        });
    }
    check_annotations(node, found);
    Enum { values, closed }
}

/// Reports annotations of values that the enum does not have, and names that no variant can have as they are.
fn check_annotations(node: &Node, found: &mut Diagnostics) {
    let known: HashSet<&str> = node.items("enum").iter().filter_map(Node::as_str).collect();
    for key in ["x-enum-descriptions", "x-enum-names"] {
        for entry in node.entries(key) {
            if !known.contains(entry.key.as_str()) && !found.is_full() {
                found.push(enum_annotation::report(entry, key, node));
            }
        }
    }
    for entry in node.entries("x-enum-names") {
        let name = entry.node.as_str().unwrap_or_default();
        if variant_name(name) != name && !found.is_full() {
            found.push(enum_name::report(name, &variant_name(name), &entry.node));
        }
    }
}
