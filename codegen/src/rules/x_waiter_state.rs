use std::collections::HashSet;

use partner_model::Waiter;
use partner_model::{Enum, Model, Operation};
use partner_spec::{Diagnostic, Diagnostics, Location, Profile, Rule, suggest_name};

use super::x_waiter_field::find_states;

pub(super) static RULE: Rule =
    Rule::error("x-waiter-state", Profile::Generator, include_str!("x_waiter_state.md")).blocking();

/// Checks that all states listed by `x-waiter` are values of the field's enum.
pub(super) fn check_model(model: &Model, found: &mut Diagnostics) {
    for operation in &model.operations {
        for waiter in &operation.waiters {
            if let Ok((known, location)) = find_states(operation, waiter, model) {
                check_states(operation, waiter, known, location, found);
            }
        }
    }
}

fn check_states(
    operation: &Operation,
    waiter: &Waiter,
    known: &Enum,
    location: &Location,
    found: &mut Diagnostics,
) {
    let known = || known.values.iter().map(|value| value.wire_value.as_str());
    let values: HashSet<&str> = known().collect();
    let listed =
        [&waiter.success_states, &waiter.failure_states, &waiter.reached_then_failed, &waiter.pending_states];
    for word in listed.into_iter().flatten().filter(|word| !values.contains(word.text.as_str())) {
        let message = format!("`{}`: there is no state `{}`", operation.id, word.text);
        let help = suggest_name(&word.text, known());
        found.push(
            Diagnostic::new(&RULE, &word.location, message)
                .with_related(location, "the states")
                .with_help(help.unwrap_or_else(|| String::from("add it to the `enum`, if the docs have it"))),
        );
    }
}
