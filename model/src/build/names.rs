//! Determines the Rust names of types, fields and arguments.

use std::collections::{BTreeMap, HashMap};

use partner_spec::{Entry, Findings, Node};

use super::newtypes;
use crate::index::is_enum;
use crate::names::{RESERVED_TYPE_NAMES, can_become_identifier, to_schema_type_name, to_snake_case_name};
use crate::rules::{name_reserved, type_name_collision};

/// Returns the type name that is made from a schema's title. Returns `None` if the schema has no title, or if the title
/// cannot become a name.
pub(super) fn derive_type_name_from_title(node: &Node) -> Option<String> {
    node.get_str("title").filter(|title| can_become_identifier(title)).map(to_schema_type_name)
}

/// Returns the Rust name of a property or parameter. It is made from the `x-name`. Without an `x-name`, it is made from
/// `wire_name`, the name in requests and responses.
pub(super) fn to_rust_name(node: &Node, wire_name: &str) -> String {
    to_snake_case_name(node.get_str("x-name").filter(|name| can_become_identifier(name)).unwrap_or(wire_name))
}

/// Chooses names for the types of the components. Returns a map from the key of each component to the name of its type.
/// Reports an error if a name is reserved, or if the types of two components have the same name.
pub(super) fn choose_component_type_names<'a>(
    components: &BTreeMap<&'a str, &'a Node>,
    found: &mut Findings,
) -> HashMap<&'a str, String> {
    let mut names = HashMap::new();
    let mut taken: HashMap<String, (&str, &Node)> = HashMap::new();
    for (key, node) in components {
        let name = derive_type_name_from_title(node).unwrap_or_else(|| to_schema_type_name(key));
        check_type_name(&name, node, found);
        if let Some((other, first)) = taken.insert(name.clone(), (key, node))
            && !newtypes::are_merged_into_one_newtype(first, node)
        {
            found.push(type_name_collision::new_component_collision_finding(
                &name,
                (key, node),
                (other, first),
            ));
        }
        names.insert(*key, name);
    }
    names
}

/// Reports a type name that is reserved or empty.
pub(super) fn check_type_name(name: &str, node: &Node, found: &mut Findings) {
    if RESERVED_TYPE_NAMES.contains(&name) {
        found.push(name_reserved::new_finding(name, node));
    } else if name.is_empty() {
        found.push(name_reserved::new_unusable_type_name_finding(node));
    }
}

/// Whether an inline schema (one that is not a component) becomes a named type: an object with properties, an enum, or
/// a schema with `oneOf` or `anyOf`.
pub(super) fn becomes_named_type(node: &Node) -> bool {
    let has_properties = node.get("properties").and_then(Node::as_object).is_some_and(|o| !o.is_empty());
    has_properties || is_enum(node) || node.get("oneOf").is_some() || node.get("anyOf").is_some()
}

/// Whether two schemas describe the same type, regardless of their documentation.
pub(super) fn schemas_describe_same_type(a: &Node, b: &Node) -> bool {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return a == b };
    let counts =
        |entry: &&Entry| !matches!(entry.key.as_str(), "title" | "description" | "example" | "externalDocs");
    a.iter().filter(counts).count() == b.iter().filter(counts).count()
        && a.iter().filter(counts).all(|entry| b.get(&entry.key) == Some(&entry.node))
}
