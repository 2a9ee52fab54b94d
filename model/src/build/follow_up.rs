//! Reads what can follow a call: the next operations (`links`), and the error codes that callers have to handle.

use std::collections::{BTreeSet, HashMap, HashSet};

use partner_spec::{Node, Value};

use super::reader::DocumentReader;
use crate::operation::Operation;

/// The keys that hold an error code at any depth in the body of a failed response. The key `code` is not listed,
/// because it holds an error code only directly below `error`.
const ERROR_CODE_KEYS_AT_ANY_DEPTH: [&str; 3] = ["errorCode", "error_code", "error_key"];

/// Returns the error codes in the body of a failed response: pairs of the key that holds the code, and the node of the
/// code.
pub fn find_error_codes(body: &Node) -> Vec<(&str, &Node)> {
    let (mut codes, mut rest) = (Vec::new(), vec![body]);
    while let Some(node) = rest.pop() {
        match &node.value {
            Value::Object(object) => {
                let own =
                    object.iter().filter(|entry| ERROR_CODE_KEYS_AT_ANY_DEPTH.contains(&entry.key.as_str()));
                codes.extend(own.map(|entry| (entry.key.as_str(), &entry.node)));
                codes.extend(object.get("error").and_then(|error| Some(("code", error.get("code")?))));
                rest.extend(object.iter().map(|entry| &entry.node));
            }
            Value::Array(items) => rest.extend(items),
            _ => {}
        }
    }
    codes
}

impl<'a> DocumentReader<'a> {
    /// Returns the error codes in the examples of a failure response, in the order in which the document lists them.
    pub(super) fn find_example_error_codes(&mut self, response: &'a Node) -> Vec<String> {
        let (mut codes, mut known) = (Vec::new(), HashSet::new());
        for media in response.get_entries("content") {
            let named = media.node.get_entries("examples");
            let named = named.filter_map(|entry| self.resolve_reference(&entry.node)?.get("value"));
            for example in media.node.get("example").into_iter().chain(named) {
                let found = find_error_codes(example).into_iter().filter_map(|(_, code)| code.as_str());
                codes.extend(found.filter(|code| known.insert(*code)).map(str::to_owned));
            }
        }
        codes
    }

    /// Returns the operation ids that the `links` of a response contain.
    pub(super) fn find_linked_operation_ids(&mut self, response: &'a Node) -> Vec<String> {
        let links = response.get_entries("links").filter_map(|entry| self.resolve_reference(&entry.node));
        links.filter_map(|link| link.get_str("operationId")).map(str::to_owned).collect()
    }
}

/// Sets `next_client_method_names` and `previous_client_method_names` of each operation, from the links of successful
/// responses.
pub(super) fn set_linked_client_method_names(operations: &mut [Operation]) {
    let ids = operations.iter().enumerate().map(|(index, operation)| (operation.id.clone(), index));
    let ids: HashMap<String, usize> = ids.collect();
    for index in 0..operations.len() {
        let links: BTreeSet<usize> = operations[index]
            .successful_responses()
            .flat_map(|r| &r.linked_operation_ids)
            .filter_map(|id| ids.get(id))
            .copied()
            .collect();
        let name = operations[index].client_method_name.clone();
        for linked in links {
            let next = operations[linked].client_method_name.clone();
            operations[index].next_client_method_names.push(next);
            operations[linked].previous_client_method_names.push(name.clone());
        }
    }
}
