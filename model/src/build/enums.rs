//! Reads enums. Without `x-closed-enum` an enum is open: it also accepts values that the document does not list,
//! because a vendor may add values without notice.

use std::collections::{HashMap, HashSet};

use partner_spec::{Findings, Node, Value};

use crate::index::enum_values;
use crate::names::{number_or_boolean_to_variant_name, to_variant_name};
use crate::rules::{enum_annotation, enum_name, enum_value_collision, schema_unsupported};
use crate::types::{Enum, EnumValue};

/// The name of the variant that an open enum has for values that the document does not list.
pub(super) const UNRECOGNIZED_VARIANT_NAME: &str = "Unrecognized";

/// Reads an enum. Reports an error if two values would get the same variant name in Rust.
pub(super) fn read_enum(node: &Node, found: &mut Findings) -> Enum {
    let mut values: Vec<EnumValue> = Vec::new();
    let mut variants: HashMap<String, (&str, &Node)> = HashMap::new();
    let descriptions = node.get("x-enum-descriptions");
    let closed = node.value_is_true("x-closed-enum");
    for (wire, value) in enum_values(node) {
        let is_number_or_boolean = value.as_str().is_none();
        let named = node.get("x-enum-names").and_then(|names| names.get_str(wire));
        let variant = match named {
            None if is_number_or_boolean => number_or_boolean_to_variant_name(wire),
            named => to_variant_name(named.unwrap_or(wire)),
        };
        if variant == UNRECOGNIZED_VARIANT_NAME && !closed {
            found.push(enum_value_collision::new_reserved_variant_name_finding(
                wire,
                UNRECOGNIZED_VARIANT_NAME,
                value,
            ));
            continue;
        }
        if let Some(first) = variants.insert(variant.clone(), (wire, value)) {
            found.push(enum_value_collision::new_finding(wire, value, first));
            continue;
        }
        values.push(EnumValue {
            wire_value: wire.to_owned(),
            is_number_or_boolean,
            variant_name: variant,
            description: descriptions.and_then(|d| d.get_str(wire)).map(str::to_owned),
            location: value.location.clone(),
        });
    }
    let nested = |value: &&Node| matches!(value.value, Value::Array(_) | Value::Object(_));
    for value in node.get_items("enum").iter().filter(nested) {
        found.push(schema_unsupported::new_unsupported_enum_value_finding(value));
    }
    check_enum_annotations(node, found);
    Enum { values, is_closed: closed }
}

/// Reports entries of `x-enum-descriptions` and `x-enum-names` for values that the enum does not have. Also reports
/// names in `x-enum-names` that cannot be the names of variants.
fn check_enum_annotations(node: &Node, found: &mut Findings) {
    let known: HashSet<&str> = enum_values(node).map(|(text, _)| text).collect();
    for key in ["x-enum-descriptions", "x-enum-names"] {
        for entry in node.get_entries(key) {
            if !known.contains(entry.key.as_str()) && !found.is_full() {
                found.push(enum_annotation::new_finding(entry, key, node));
            }
        }
    }
    for entry in node.get_entries("x-enum-names") {
        let name = entry.node.as_str().unwrap_or_default();
        if to_variant_name(name) != name && !found.is_full() {
            found.push(enum_name::new_finding(name, &to_variant_name(name), &entry.node));
        }
    }
}
