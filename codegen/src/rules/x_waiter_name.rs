use std::collections::HashMap;

use partner_model::Model;
use partner_model::names::RESERVED_METHOD_NAMES;
use partner_spec::{Finding, Findings, Location, Profile, Rule};

use crate::emit::list_call_methods;

pub(super) static RULE: Rule =
    Rule::error("x-waiter-name", Profile::Generator, include_str!("x_waiter_name.md")).blocking();

/// Checks that the method of each waiter has a name that no other method of the client has. A waiter repeats a request
/// until the response reports a certain state.
pub(super) fn check_model(model: &Model, found: &mut Findings) {
    let mut names: HashMap<String, &Location> = HashMap::new();
    for operation in &model.operations {
        for call_method in list_call_methods(operation) {
            names.entry(call_method.client_method_name).or_insert(&operation.id_location);
        }
    }
    for operation in &model.operations {
        for waiter in &operation.waiters {
            let taken = new_finding(&operation.id, &waiter.client_method_name, &waiter.location);
            if let Some(first) = names.get(&waiter.client_method_name) {
                found.push(taken.with_related_location(first, "the other one"));
            } else if RESERVED_METHOD_NAMES.contains(&waiter.client_method_name.as_str()) {
                found.push(taken);
            }
            names.entry(waiter.client_method_name.clone()).or_insert(&waiter.location);
        }
    }
}

fn new_finding(operation: &str, name: &str, location: &Location) -> Finding {
    let message = format!("`{operation}`: the client has a method `{name}` already");
    Finding::new(&RULE, location, message).with_help("say what is waited for, like `wait_until_verified`")
}
