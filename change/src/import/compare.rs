//! Prepares parts of a vendor's document and of ours for a comparison that ignores descriptions, titles and `x-` keys.

use partner_spec::pointer::unescape_token;
use partner_spec::{Node, ObjectKind, Value, ValueKind};

/// Returns a copy of a part of a document without descriptions, titles and `x-` keys, because these differ between a
/// vendor's document and ours. A reference is replaced by the name of its target.
pub(super) fn copy_for_comparison(kind: ObjectKind, node: &Node) -> Node {
    if let Some(target) = node.ref_text() {
        return Node::new_string(
            unescape_token(target.rsplit('/').next().unwrap_or_default()),
            &node.location,
        );
    }
    let Some(object) = node.as_object() else { return node.clone() };
    let kept = object
        .iter()
        .filter(|entry| !is_ignored_key(kind, &entry.key) && entry.node.value != Value::Bool(false));
    let entries = kept.map(|entry| (entry.key.as_str(), strip_value(kind, &entry.key, &entry.node)));
    let mut bare = Node::new_object(entries, &node.location);
    if kind == ObjectKind::Schema && node.get_str("type") == Some("number") && node.get("enum").is_none() {
        bare.set_value("format", Node::new_string("decimal", &node.location));
    }
    bare
}

fn strip_value(kind: ObjectKind, key: &str, node: &Node) -> Node {
    let children = |child: ObjectKind| -> Node {
        match &node.value {
            Value::Array(items) => {
                let items = items.iter().map(|item| copy_for_comparison(child, item)).collect();
                Node::new(Value::Array(items), &node.location)
            }
            Value::Object(object) => {
                let entries =
                    object.iter().map(|entry| (entry.key.as_str(), copy_for_comparison(child, &entry.node)));
                Node::new_object(entries, &node.location)
            }
            _ => node.clone(),
        }
    };
    match (kind.value_kind(key), &node.value) {
        (Some(ValueKind::Object(child) | ValueKind::ObjectOrBool(child)), Value::Object(_)) => {
            copy_for_comparison(child, node)
        }
        (Some(ValueKind::ObjectMap(child) | ValueKind::ObjectList(child)), _) => children(child),
        // Required keys and enum values are sorted, because their order has no meaning.
        (Some(ValueKind::StringList | ValueKind::AnyList), Value::Array(items)) => {
            let mut items = items.clone();
            items.sort_by_cached_key(Node::to_json);
            Node::new(Value::Array(items), &node.location)
        }
        _ => node.clone(),
    }
}

/// Whether the comparison ignores a key of an object of this kind. It ignores keys with texts for readers (like
/// `description`), keys that begin with `x-`, and examples. Only the examples of media types are compared.
fn is_ignored_key(kind: ObjectKind, key: &str) -> bool {
    let is_example = key == "example" || key == "examples";
    key.starts_with("x-")
        || matches!(key, "description" | "title" | "summary" | "externalDocs")
        || is_example && kind != ObjectKind::MediaType
}
