//! What a schema says about the keys of an object, wherever it says it.

use partner_spec::Node;

use crate::contract::Contract;

/// The parts of a schema: itself, and what it is composed of. Alternatives count all.
pub fn parts<'a>(contract: &'a Contract, schema: &'a Node) -> Vec<&'a Node> {
    let schema = contract.resolve(schema);
    let mut parts = vec![schema];
    for key in ["allOf", "oneOf", "anyOf"] {
        parts.extend(schema.items(key).iter().flat_map(|part| self::parts(contract, part)));
    }
    parts
}

/// The schemas of a key.
pub fn property<'a>(contract: &'a Contract, schema: &'a Node, key: &str) -> Vec<&'a Node> {
    let parts = parts(contract, schema);
    parts.into_iter().filter_map(|part| part.get("properties")?.get(key)).collect()
}

/// The schema of a list's items.
pub fn items<'a>(contract: &'a Contract, schema: &'a Node) -> Option<&'a Node> {
    parts(contract, schema).into_iter().find_map(|part| part.get("items"))
}

/// The schema of a map's values.
pub fn map_values<'a>(contract: &'a Contract, schema: &'a Node) -> Option<&'a Node> {
    let mut values = parts(contract, schema).into_iter().filter_map(|part| part.get("additionalProperties"));
    values.find(|values| values.as_object().is_some())
}

/// Whether a schema has a flag like `nullable` or `x-sensitive`.
pub fn flag(contract: &Contract, schema: &Node, name: &str) -> bool {
    schema.flag(name) || parts(contract, schema).iter().any(|part| part.flag(name))
}

/// Whether a key has to be there.
pub fn is_required(contract: &Contract, schema: &Node, key: &str) -> bool {
    let parts = parts(contract, schema);
    parts.iter().any(|part| part.items("required").iter().any(|name| name.as_str() == Some(key)))
}
