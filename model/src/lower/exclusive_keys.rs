use partner_spec::{Diagnostics, Node, Value};

use super::{Pass, add_note};
use crate::api::Api;

pub(super) const PASS: Pass = Pass {
    name: "exclusive_keys",
    why: "A `oneOf` that only lists required keys beside an object's properties is a rule about combinations, \
          not a choice between types: it moves into the description and the object stays one type. It runs first, \
          while several such rules of one object are still apart.",
    apply,
};

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut times = 0;
    api.for_each_schema_mut(|node| {
        if node.get("properties").is_none() {
            return;
        }
        let mut rules = Vec::new();
        if only_lists_keys(node.items("oneOf")) {
            rules.extend(node.remove("oneOf").map(|one_of| describe(one_of.as_array().unwrap_or(&[]))));
        }
        rules.extend(take_from_all_of(node));
        for rule in &rules {
            add_note(node, rule);
        }
        times += rules.len();
    });
    times
}

/// The rules that stand in parts of an `allOf` of their own; the parts go.
fn take_from_all_of(node: &mut Node) -> Vec<String> {
    let mut rules = Vec::new();
    let Some(Value::Array(parts)) = node.get_mut("allOf").map(|all_of| &mut all_of.value) else {
        return rules;
    };
    parts.retain(|part| {
        let alone = part.as_object().is_some_and(|object| object.len() == 1);
        let is_rule = alone && only_lists_keys(part.items("oneOf"));
        if is_rule {
            rules.push(describe(part.items("oneOf")));
        }
        !is_rule
    });
    if parts.is_empty() {
        node.remove("allOf");
    }
    rules
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

fn describe(alternatives: &[Node]) -> String {
    let alternatives: Vec<String> = alternatives.iter().map(keys).collect();
    format!("Exactly one of these must be set: {}.", alternatives.join(" or "))
}

fn keys(alternative: &Node) -> String {
    let names = alternative.items("required").iter().filter_map(Node::as_str).map(|name| format!("`{name}`"));
    let names: Vec<String> = names.collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last} together", others.join(", ")),
        _ => names.concat(),
    }
}
