//! Reads key combinations. A key combination is a `oneOf` beside the `properties` of an object. Its alternatives only
//! say which keys are required, and perhaps which keys are forbidden. So it restricts which keys a value may have
//! together, and is not a choice between types.

use partner_spec::Node;

use crate::details::{KeyCombination, RequiredKeySet};

/// Returns the key combinations of an object with `properties`. A key combination lists sets of keys; the object must
/// have all keys of exactly one of these sets. The combinations are read from these lists:
///
/// - the object's own `oneOf`, if its alternatives only constrain the keys of the object;
/// - the `oneOf` of each `allOf` part that contains only such a `oneOf`, and perhaps a title and a description.
pub(super) fn read_key_combinations(node: &Node) -> Vec<KeyCombination> {
    if node.get("properties").is_none() {
        return Vec::new();
    }
    let own_combination =
        Some(node.get_items("oneOf")).filter(|alternatives| alternatives_only_constrain_keys(alternatives));
    // A `title` beside the object's own `oneOf` belongs to the object, and not to the `oneOf`. So the key combination
    // that is read from this `oneOf` gets no title.
    let own_combination = own_combination.map(|alternatives| to_key_combination(alternatives, None));
    let parts = node.get_items("allOf").iter().filter(|part| contains_only_key_combination(part));
    own_combination
        .into_iter()
        .chain(parts.map(|part| to_key_combination(part.get_items("oneOf"), Some(part))))
        .collect()
}

/// Whether a part of an `allOf` contains only a key combination, and perhaps a title and a description. A key
/// combination is a `oneOf` that only restricts which keys an object may have together.
pub(super) fn contains_only_key_combination(part: &Node) -> bool {
    let belongs_to_combination = |key: &str| matches!(key, "oneOf" | "title" | "description");
    part.as_object().is_some_and(|object| object.iter().all(|entry| belongs_to_combination(&entry.key)))
        && alternatives_only_constrain_keys(part.get_items("oneOf"))
}

/// Whether the `oneOf` of a schema is a key combination. Its alternatives only say which keys an object must or must
/// not have; they are not different types.
pub(super) fn has_key_combination(node: &Node) -> bool {
    node.get("properties").is_some() && alternatives_only_constrain_keys(node.get_items("oneOf"))
}

/// Whether all alternatives of a `oneOf` only constrain the keys of an object. Such an alternative says which keys the
/// object must have, and perhaps which keys it must not have.
fn alternatives_only_constrain_keys(alternatives: &[Node]) -> bool {
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

fn to_key_combination(alternatives: &[Node], titled: Option<&Node>) -> KeyCombination {
    let text = |node: &Node, key| node.get_str(key).map(str::to_owned);
    let alternative = |node: &Node| RequiredKeySet {
        title: text(node, "title"),
        description: text(node, "description"),
        keys: node.get_items("required").iter().filter_map(Node::as_str).map(str::to_owned).collect(),
    };
    KeyCombination {
        title: titled.and_then(|node| text(node, "title")),
        description: titled.and_then(|node| text(node, "description")),
        alternatives: alternatives.iter().map(alternative).collect(),
    }
}
