//! Reads key combinations. A key combination is a `oneOf` beside the `properties` of an object, whose alternatives only
//! say which keys are required, and perhaps which keys are forbidden. It restricts which keys a value may have
//! together, and is not a choice between types.

use partner_spec::Node;

use crate::details::{AllowedKeySet, KeyCombination};

/// Returns the key combinations of an object with `properties`. One is the object's own `oneOf`, if its alternatives
/// only constrain the keys of the object. The others are the `oneOf`s of those `allOf` parts that contain nothing else,
/// except perhaps a title and a description.
pub(super) fn read_key_combinations(node: &Node) -> Vec<KeyCombination> {
    if node.get("properties").is_none() {
        return Vec::new();
    }
    let own_combination = Some(node.items("oneOf")).filter(|alternatives| only_constrains_keys(alternatives));
    // The object's own `title` names the object, not the combination. So the combination from the object's own `oneOf`
    // has no title.
    let own_combination = own_combination.map(|alternatives| to_key_combination(alternatives, None));
    let parts = node.items("allOf").iter().filter(|part| is_only_key_combination(part));
    own_combination
        .into_iter()
        .chain(parts.map(|part| to_key_combination(part.items("oneOf"), Some(part))))
        .collect()
}

/// Whether a part of an `allOf` contains nothing but a key combination: a `oneOf` whose alternatives only constrain the
/// keys of the object, and perhaps a title and a description.
pub(super) fn is_only_key_combination(part: &Node) -> bool {
    let belongs_to_combination = |key: &str| matches!(key, "oneOf" | "title" | "description");
    part.as_object().is_some_and(|object| object.iter().all(|entry| belongs_to_combination(&entry.key)))
        && only_constrains_keys(part.items("oneOf"))
}

/// Whether the `oneOf` of a schema is a key combination (it restricts the keys of the object), and not a choice between
/// types.
pub(super) fn is_key_combination(node: &Node) -> bool {
    node.get("properties").is_some() && only_constrains_keys(node.items("oneOf"))
}

/// Whether a `oneOf` has alternatives that only constrain the keys of an object: each alternative only says which keys
/// the object must have, and perhaps which it must not have.
fn only_constrains_keys(alternatives: &[Node]) -> bool {
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
    let alternative = |node: &Node| AllowedKeySet {
        title: text(node, "title"),
        description: text(node, "description"),
        keys: node.items("required").iter().filter_map(Node::as_str).map(str::to_owned).collect(),
    };
    KeyCombination {
        title: titled.and_then(|node| text(node, "title")),
        description: titled.and_then(|node| text(node, "description")),
        alternatives: alternatives.iter().map(alternative).collect(),
    }
}
