//! Functions on single schemas.

use partner_spec::Node;

/// Returns the name of the component that a schema refers to; `None` if it is not such a reference.
pub fn ref_name(node: &Node) -> Option<&str> {
    node.ref_target()?.strip_prefix("#/components/schemas/")
}

/// Whether a schema is an enum of strings, by its `type`, or if it has none, by its values.
pub fn is_string_enum(node: &Node) -> bool {
    match node.str("type") {
        Some(of) => of == "string" && node.get("enum").is_some(),
        None => node.items("enum").iter().any(|value| value.as_str().is_some()),
    }
}

/// Returns the schemas directly inside a schema.
pub fn children(node: &Node) -> Vec<&Node> {
    let mut found: Vec<&Node> = node.entries("properties").map(|e| &e.node).collect();
    let single = ["items", "additionalProperties", "not"].into_iter().filter_map(|key| node.get(key));
    found.extend(single.filter(|n| n.as_object().is_some()));
    found.extend(["allOf", "oneOf", "anyOf"].into_iter().flat_map(|key| node.items(key)));
    found
}
