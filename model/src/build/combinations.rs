//! Reads combinations: a `oneOf` that only lists required keys, beside the properties of an object. It restricts the
//! combinations of keys, and is not a choice between types.

use partner_spec::Node;

use crate::about::Combination;

/// Returns the combinations of an object with `properties`: that of its own `oneOf`, and those of the parts of its
/// `allOf` that contain only a `oneOf`.
pub(super) fn read(node: &Node) -> Vec<Combination> {
    if node.get("properties").is_none() {
        return Vec::new();
    }
    let parts = node.items("allOf").iter().filter(|part| part.as_object().is_some_and(|o| o.len() == 1));
    let rules = std::iter::once(node).chain(parts).map(|holder| holder.items("oneOf"));
    rules.filter(|alternatives| lists_only_keys(alternatives)).map(to_combination).collect()
}

/// Whether the `oneOf` of a schema is a combination.
pub(super) fn is_combination(node: &Node) -> bool {
    node.get("properties").is_some() && lists_only_keys(node.items("oneOf"))
}

/// Whether there are alternatives, and each only says which keys it requires or forbids.
pub(super) fn lists_only_keys(alternatives: &[Node]) -> bool {
    let says_nothing_else = |node: &Node| {
        node.as_object().is_some_and(|object| {
            object
                .iter()
                .all(|e| matches!(e.key.as_str(), "required" | "not" | "title" | "description" | "anyOf"))
                && object.get("required").is_some()
        })
    };
    !alternatives.is_empty() && alternatives.iter().all(says_nothing_else)
}

fn to_combination(alternatives: &[Node]) -> Combination {
    let keys = |alternative: &Node| {
        alternative.items("required").iter().filter_map(Node::as_str).map(str::to_owned).collect()
    };
    Combination { alternatives: alternatives.iter().map(keys).collect() }
}
