use std::collections::{HashMap, HashSet};

use partner_spec::{Diagnostic, Diagnostics, Location, did_you_mean};

use super::{Check, Outcome, broken, lost, public_functions};
use crate::emit::callables;
use partner_model::api::{Enum, Operation, Waiter, ref_name, unwrapped};

pub(super) const CHECK: Check = Check {
    name: "waiters",
    why: "What `x-waiter` names is a state in the answer, and every one has a method whose name nothing else has.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let mut names: HashMap<String, &Location> = HashMap::new();
    for operation in &outcome.api.operations {
        for callable in callables(operation) {
            names.entry(callable.name).or_insert(&operation.location);
        }
    }
    let public = outcome.generated.map(public_functions);
    for operation in outcome.api.operations.iter().filter(|operation| !operation.waiters.is_empty()) {
        for waiter in &operation.waiters {
            check_name(operation, waiter, &names, found);
            names.entry(waiter.name.clone()).or_insert(&waiter.location);
            if let Some(states) = states(operation, waiter, outcome, found)
                && check_states(operation, waiter, states, found)
            {
                check_method(waiter, public.as_ref(), outcome, found);
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
    let report = || {
        let message = format!("`{}`: the client has a method `{}` already", operation.id, waiter.name);
        let found = Diagnostic::error("x-waiter-name", &waiter.location, message);
        found.help("say what is waited for, like `wait_until_verified`")
    };
    if let Some(first) = names.get(&waiter.name) {
        found.push(report().related(first, "the other one"));
    } else if partner_model::api::RESERVED.contains(&waiter.name.as_str()) {
        found.push(report());
    }
}

/// The states that the field can have.
fn states<'a>(
    operation: &Operation,
    waiter: &Waiter,
    outcome: &'a Outcome<'_>,
    found: &mut Diagnostics,
) -> Option<&'a Enum> {
    let report = |message: String| {
        let message = format!("`{}`: {message}", operation.id);
        Diagnostic::error("x-waiter-field", &waiter.field.location, message)
    };
    let Some(answer) = operation.answer() else {
        let message = String::from("no state can be read: its answer is not one JSON body");
        found.push(report(message).help("describe one body for all its successes"));
        return None;
    };
    match waiter.field.find_place(answer, outcome.api) {
        Err(at) => {
            found.push(lost(report(at.to_string()), &at));
            None
        }
        Ok(node) => {
            let states = ref_name(unwrapped(node)).and_then(|name| outcome.api.enums.get(name));
            if states.is_none() {
                let message =
                    format!("`{}` has no known states: it is no enum of strings", waiter.field.text);
                let help = "give it an `enum` with the states that are documented";
                found.push(report(message).related(&node.location, "what it names").help(help));
            }
            states
        }
    }
}

/// Whether all states are among the known ones.
fn check_states(operation: &Operation, waiter: &Waiter, states: &Enum, found: &mut Diagnostics) -> bool {
    let mut good = true;
    let values: HashSet<&str> = states.values.iter().map(|value| value.wire.as_str()).collect();
    let listed = [&waiter.success, &waiter.failure, &waiter.reached_then_failed, &waiter.pending];
    for word in listed.into_iter().flatten() {
        let known = || states.values.iter().map(|value| value.wire.as_str());
        if !values.contains(word.text.as_str()) {
            good = false;
            let message = format!("`{}`: there is no state `{}`", operation.id, word.text);
            let report = Diagnostic::error("x-waiter-state", &word.location, message)
                .related(&states.node.location, "the states");
            found.push(match did_you_mean(&word.text, known()) {
                Some(help) => report.help(help),
                None => report.help("add it to the `enum`, if the docs have it"),
            });
        }
    }
    good
}

fn check_method(
    waiter: &Waiter,
    public: Option<&HashSet<&str>>,
    outcome: &Outcome<'_>,
    found: &mut Diagnostics,
) {
    if public.is_some_and(|names| !names.contains(waiter.name.as_str())) {
        found.push(broken(outcome.api, format!("there is no public method `{}`", waiter.name)));
    }
}
