//! Reads `x-newtype`, which turns a component that is a plain string or integer into a Rust newtype.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use partner_spec::{Findings, Node};

use crate::rules::x_newtype;
use crate::types::{Newtype, WrappedType};

/// Returns the newtypes, by the keys of their components. Reports components with `x-newtype` that are not plain
/// strings or integers.
pub(super) fn read_newtypes<'a>(
    components: &BTreeMap<&'a str, &'a Node>,
    names: &HashMap<&'a str, String>,
    found: &mut Findings,
) -> HashMap<&'a str, Newtype> {
    let mut newtypes: HashMap<&str, Newtype> = HashMap::new();
    for (key, node) in components.iter().filter(|(_, node)| node.value_is_true("x-newtype")) {
        match (find_wrapped_type(node), names.get(key)) {
            (Some(wrapped_type), Some(name)) => {
                drop(newtypes.insert(key, Newtype { name: name.clone(), wrapped_type }))
            }
            _ => found.push(x_newtype::new_finding(key, node)),
        }
    }
    let mut seen = BTreeSet::new();
    let in_two_forms: BTreeSet<String> = newtypes
        .values()
        .filter(|newtype| !seen.insert(&newtype.name))
        .map(|newtype| newtype.name.clone())
        .collect();
    for newtype in newtypes.values_mut().filter(|newtype| in_two_forms.contains(&newtype.name)) {
        newtype.wrapped_type = WrappedType::StringOrInteger;
    }
    newtypes
}

/// Whether two components become a single newtype, whose values are strings or integers. This is the case if both
/// components have `x-newtype`, one is a string, and the other one is an integer. The types of both components must
/// have the same name.
pub(super) fn are_merged_into_one_newtype(a: &Node, b: &Node) -> bool {
    let forms = [a, b].map(|node| node.value_is_true("x-newtype").then(|| find_wrapped_type(node)).flatten());
    matches!(
        forms,
        [Some(WrappedType::String), Some(WrappedType::Integer)]
            | [Some(WrappedType::Integer), Some(WrappedType::String)]
    )
}

/// Returns the Rust type that the newtype for a component wraps; `None` if the component is not a plain string or
/// integer.
fn find_wrapped_type(node: &Node) -> Option<WrappedType> {
    let has_one_type =
        ["enum", "allOf", "oneOf", "anyOf", "properties"].iter().all(|key| node.get(key).is_none());
    match (node.get_str("type"), node.get_str("format")) {
        _ if !has_one_type => None,
        (Some("string"), Some("date" | "date-time" | "decimal" | "binary")) => None,
        (Some("string"), Some("uuid")) => Some(WrappedType::Uuid),
        (Some("string"), _) => Some(WrappedType::String),
        (Some("integer"), _) => Some(WrappedType::Integer),
        _ => None,
    }
}
