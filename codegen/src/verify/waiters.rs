use std::collections::{HashMap, HashSet};

use partner_spec::{Diagnostics, Location};

use super::{Check, Outcome, lost};
use crate::emit::callables;
use crate::rules::{x_waiter_field, x_waiter_name, x_waiter_state};
use partner_model::api::Waiter;
use partner_model::{Enum, Operation};

pub(super) const CHECK: Check = Check {
    name: "waiters",
    why: "What `x-waiter` names is a state in the answer, and its method has a name that nothing else has.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let mut names: HashMap<String, &Location> = HashMap::new();
    for operation in &outcome.model.operations {
        for callable in callables(operation) {
            names.entry(callable.name).or_insert(&operation.location);
        }
    }
    for operation in outcome.model.operations.iter().filter(|operation| !operation.waiters.is_empty()) {
        for waiter in &operation.waiters {
            check_name(operation, waiter, &names, found);
            names.entry(waiter.name.clone()).or_insert(&waiter.location);
            if let Some(states) = states(operation, waiter, outcome, found) {
                check_states(operation, waiter, states, found);
            }
        }
    }
}

fn check_name(
    operation: &Operation,
    waiter: &Waiter,
    names: &HashMap<String, &Location>,
    found: &mut Diagnostics,
) {
    let report = || x_waiter_name::report(&operation.id, &waiter.name, &waiter.location);
    if let Some(first) = names.get(&waiter.name) {
        found.push(report().related(first, "the other one"));
    } else if partner_model::api::RESERVED.contains(&waiter.name.as_str()) {
        found.push(report());
    }
}

/// The states that the field can have.
fn states<'a>(
    operation: &'a Operation,
    waiter: &'a Waiter,
    outcome: &'a Outcome<'_>,
    found: &mut Diagnostics,
) -> Option<(&'a Enum, &'a Location)> {
    let report = |message: String| x_waiter_field::report(&operation.id, &message, &waiter.field.location);
    let Some(answer) = operation.answer() else {
        let message = String::from("no state can be read: its answer is not one JSON body");
        found.push(report(message).help("describe one body for all its successes"));
        return None;
    };
    match waiter.field.find(answer, outcome.model) {
        Err(at) => {
            found.push(lost(report(at.to_string()), &at));
            None
        }
        Ok(schema) => {
            let states = schema.ty.name().and_then(|name| outcome.model.string_enum(name));
            if states.is_none() {
                let message =
                    format!("`{}` has no known states: it is no enum of strings", waiter.field.text);
                let help = "give it an `enum` with the states that are documented";
                found.push(report(message).related(&schema.location, "what it names").help(help));
            }
            states.map(|states| (states, outcome.model.location(schema)))
        }
    }
}

/// All states are among the known ones.
fn check_states(
    operation: &Operation,
    waiter: &Waiter,
    (states, location): (&Enum, &Location),
    found: &mut Diagnostics,
) {
    let values: HashSet<&str> = states.values.iter().map(|value| value.wire.as_str()).collect();
    let listed = [&waiter.success, &waiter.failure, &waiter.reached_then_failed, &waiter.pending];
    for word in listed.into_iter().flatten() {
        if !values.contains(word.text.as_str()) {
            let known = states.values.iter().map(|value| value.wire.as_str());
            found.push(x_waiter_state::report(&operation.id, &word.text, &word.location, location, known));
        }
    }
}
