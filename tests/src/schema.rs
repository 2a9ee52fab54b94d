//! Reads the properties of an object in a schema, and in the schemas that it is composed of.

use partner_spec::Node;

use crate::contract::Contract;

/// Returns a schema and all schemas that it is composed of by `allOf`, `oneOf` and `anyOf`.
pub fn composed_parts<'a>(contract: &'a Contract, schema: &'a Node) -> Vec<&'a Node> {
    let schema = contract.resolve(schema);
    let mut parts = vec![schema];
    for key in ["allOf", "oneOf", "anyOf"] {
        parts.extend(schema.get_items(key).iter().flat_map(|part| composed_parts(contract, part)));
    }
    parts
}

/// Returns all schemas of the property with this key.
pub fn property_schemas<'a>(contract: &'a Contract, schema: &'a Node, key: &str) -> Vec<&'a Node> {
    let parts = composed_parts(contract, schema);
    parts.into_iter().filter_map(|part| part.get("properties")?.get(key)).collect()
}

/// Returns the schema of the items of a list.
pub fn item_schema<'a>(contract: &'a Contract, schema: &'a Node) -> Option<&'a Node> {
    composed_parts(contract, schema).into_iter().find_map(|part| part.get("items"))
}

/// Returns the schema of the values of a map.
pub fn map_value_schema<'a>(contract: &'a Contract, schema: &'a Node) -> Option<&'a Node> {
    let mut values =
        composed_parts(contract, schema).into_iter().filter_map(|part| part.get("additionalProperties"));
    values.find(|values| values.as_object().is_some())
}

/// Whether a schema, or a schema that it is composed of, has a flag like `nullable` or `x-sensitive`.
pub fn has_flag(contract: &Contract, schema: &Node, name: &str) -> bool {
    schema.value_is_true(name) || composed_parts(contract, schema).iter().any(|part| part.value_is_true(name))
}

/// Whether the property with this key is required.
pub fn is_required(contract: &Contract, schema: &Node, key: &str) -> bool {
    let parts = composed_parts(contract, schema);
    parts.iter().any(|part| part.get_items("required").iter().any(|name| name.as_str() == Some(key)))
}
