//! String enums, open unless `x-closed-enum` says otherwise: a vendor adds values without notice.

use std::collections::{HashMap, HashSet};

use partner_spec::{Diagnostic, Diagnostics, Node, did_you_mean};

use crate::names::variant_name;
use crate::types::{Enum, EnumValue};

/// The variant of values that the document does not list.
pub(super) const UNRECOGNIZED: &str = "Unrecognized";

/// Reads the values of an enum.
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
            let message =
                format!("`{wire}` would be the variant `{UNRECOGNIZED}`, which every open enum has already");
            found.push(
                Diagnostic::error("enum-value-collision", &value.location, message)
                    .help("give it a name of its own in `x-enum-names: {value: Name}`"),
            );
            continue;
        }
        if let Some(first) = variants.insert(variant.clone(), value) {
            let message =
                format!("`{wire}` and `{}` would be the same variant", first.as_str().unwrap_or_default());
            found.push(
                Diagnostic::error("enum-value-collision", &value.location, message)
                    .related(&first.location, "the other one")
                    .help("give one of them a name of its own in `x-enum-names: {value: Name}`"),
            );
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

/// Reports annotations of values that there are not.
fn check_annotations(node: &Node, found: &mut Diagnostics) {
    let known: HashSet<&str> = node.items("enum").iter().filter_map(Node::as_str).collect();
    for key in ["x-enum-descriptions", "x-enum-names"] {
        for entry in node.entries(key) {
            if !known.contains(entry.key.as_str()) && !found.is_full() {
                let message = format!("`{}` is in `{key}`, but is no value of the enum", entry.key);
                let values = node.items("enum").iter().filter_map(Node::as_str);
                let found_here = Diagnostic::error("enum-annotation", &entry.key_location, message);
                found.push(match did_you_mean(&entry.key, values) {
                    Some(help) => found_here.help(help),
                    None => found_here.help("add it to `enum`, or take it out here"),
                });
            }
        }
    }
}
