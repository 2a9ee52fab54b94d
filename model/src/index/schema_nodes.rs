//! Functions that examine a single schema: its reference, its enum values, the schemas directly inside it.

use partner_spec::{Node, Value};

/// Returns the name of the component to which a schema refers, like `User` for `$ref: '#/components/schemas/User'`;
/// `None` if the schema is not such a reference.
pub fn find_referenced_component_name(node: &Node) -> Option<&str> {
    node.ref_text()?.strip_prefix("#/components/schemas/")
}

/// Whether a schema is an enum of strings, numbers or booleans.
pub fn is_enum(node: &Node) -> bool {
    match node.get_str("type") {
        Some("string") => node.get("enum").is_some(),
        _ => enum_values(node).next().is_some(),
    }
}

/// Iterates over the values of an enum, each as text and as a node. Values that contradict the `type` of the enum are
/// left out. Null is also left out, because [`is_nullable`] tells whether a value may be null.
pub fn enum_values(node: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let ty = node.get_str("type");
    node.get_items("enum").iter().filter_map(move |value| {
        let (text, types): (_, &[&str]) = match &value.value {
            Value::String(text) => (text.as_str(), &["string"]),
            Value::Number(text) => (text.as_str(), &["integer", "number"]),
            Value::Bool(true) => ("true", &["boolean"]),
            Value::Bool(false) => ("false", &["boolean"]),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        ty.is_none_or(|ty| types.contains(&ty)).then_some((text, value))
    })
}

/// Whether a schema allows null: it has `nullable: true`, or it has no `type` and its `enum` lists null.
pub fn is_nullable(node: &Node) -> bool {
    let lists_null = || {
        node.get("type").is_none() && node.get_items("enum").iter().any(|value| value.value == Value::Null)
    };
    node.value_is_true("nullable") || lists_null()
}

/// Returns the schemas that a schema directly contains, such as the schemas of its properties and items, and the
/// members of its `allOf`.
pub fn list_child_schemas(node: &Node) -> Vec<&Node> {
    let mut found: Vec<&Node> = node.get_entries("properties").map(|e| &e.node).collect();
    let single = ["items", "additionalProperties", "not"].into_iter().filter_map(|key| node.get(key));
    found.extend(single.filter(|n| n.as_object().is_some()));
    found.extend(["allOf", "oneOf", "anyOf"].into_iter().flat_map(|key| node.get_items(key)));
    found
}
