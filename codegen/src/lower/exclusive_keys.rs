use partner_spec::{Diagnostics, Node, Value};

use super::Pass;
use super::constraints::add_note;
use crate::api::Api;

pub(super) const PASS: Pass = Pass {
    name: "exclusive_keys",
    why: "A `oneOf` that only lists required keys beside an object's properties is a rule about combinations, \
          not a choice between types: it moves into the description and the object stays one type.",
    apply,
};

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut times = 0;
    api.for_each_schema_mut(|node| {
        if node.get("properties").is_none() || !only_lists_keys(node.items("oneOf")) {
            return;
        }
        let alternatives: Vec<String> = node.items("oneOf").iter().map(keys).collect();
        node.remove("oneOf");
        add_note(node, &format!("The keys that belong together: {}.", alternatives.join(" or ")));
        times += 1;
    });
    times
}

/// Whether there are alternatives and each says nothing but which keys it needs or must not have.
fn only_lists_keys(alternatives: &[Node]) -> bool {
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

fn keys(alternative: &Node) -> String {
    let names = alternative.items("required").iter().filter_map(|n| match &n.value {
        Value::String(name) => Some(format!("`{name}`")),
        _ => None,
    });
    names.collect::<Vec<_>>().join(" with ")
}
