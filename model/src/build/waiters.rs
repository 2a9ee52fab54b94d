//! Reads `x-waiter`, which describes methods that poll an operation until its response has a final state.

use std::collections::HashMap;

use partner_spec::{Findings, Node};

use super::extension::ExtensionReader;
use crate::names::{can_become_identifier, to_snake_case_name};
use crate::pointer::LocatedString;
use crate::rules::x_waiter;
use crate::waiter::Waiter;

/// Reads the `x-waiter` of an operation. It describes one or several methods of the client that call the operation
/// repeatedly until a final state is reached. Reports wrong and missing keys as errors.
pub(super) fn read_waiters(node: &Node, id: &str, found: &mut Findings) -> Vec<Waiter> {
    match node.as_array() {
        Some(waiters) => waiters.iter().filter_map(|node| read_one(node, id, found)).collect(),
        None => read_one(node, id, found).into_iter().collect(),
    }
}

fn read_one(node: &Node, id: &str, found: &mut Findings) -> Option<Waiter> {
    let mut keys = ExtensionReader {
        node,
        message_prefix: format!("`{id}`: `x-waiter`"),
        new_finding: x_waiter::new_finding,
        found,
    };
    let lists = ["success", "failure", "reached_then_failed", "pending"];
    if !keys.check_object_and_keys(&[&["name", "description", "field"][..], &lists].concat()) {
        return None;
    }
    let name = keys.read_required_string("name", "the name of the method, like `wait_until_verified`");
    let name = name.filter(|name| {
        let nameable = can_become_identifier(&name.text);
        if !nameable {
            let message = format!("has `{}` as `name`, which cannot be the name of a method", name.text);
            keys.push(&name.location, &message, "use letters, like `wait_until_verified`");
        }
        nameable
    });
    let description = keys.read_optional_string("description");
    let state_pointer = keys.read_required_pointer("field", "where the state is, like `/status`");
    let success = keys.read_required_strings("success", "the states that are waited for");
    let mut optional = |key: &str, purpose: &str| match node.get(key) {
        Some(_) => keys.read_required_strings(key, purpose),
        None => Vec::new(),
    };
    let failure = optional("failure", "the states from which no success can come any more");
    let late_failure =
        optional("reached_then_failed", "the states in which a later step failed, after a success");
    let pending = optional("pending", "the states that are not final");
    let mut seen: HashMap<&str, &LocatedString> = HashMap::new();
    for word in [&success, &failure, &late_failure, &pending].into_iter().flatten() {
        if let Some(first) = seen.get(word.text.as_str()) {
            let message = format!("`{id}`: `x-waiter` names the state `{}` twice", word.text);
            let twice = x_waiter::new_finding(&word.location, message)
                .with_related_location(&first.location, "first here");
            keys.found.push(twice.with_help("a state is in one of the lists only"));
        }
        seen.entry(&word.text).or_insert(word);
    }
    Some(Waiter {
        client_method_name: to_snake_case_name(&name?.text),
        description: description.map(|word| word.text),
        state_pointer: state_pointer?,
        success_states: success,
        failure_states: failure,
        late_failure_states: late_failure,
        pending_states: pending,
        location: node.location.collapse_to_start(),
    })
}
