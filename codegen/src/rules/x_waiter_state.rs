use std::collections::HashSet;

use partner_model::Waiter;
use partner_model::{Enum, Model, Operation};
use partner_spec::{Finding, Findings, Location, Profile, Rule, advise_on_unknown_name};

use super::x_waiter_field::find_state_enum_and_location;

pub(super) static RULE: Rule =
    Rule::error("x-waiter-state", Profile::Generator, include_str!("x_waiter_state.md")).blocking();

/// Checks the states that `x-waiter` lists: each must be a value of the enum that is the type of the response's state
/// field.
pub(super) fn check_model(model: &Model, found: &mut Findings) {
    for operation in &model.operations {
        for waiter in &operation.waiters {
            if let Ok((known, location)) = find_state_enum_and_location(operation, waiter, model) {
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
    found: &mut Findings,
) {
    let known = || known.values.iter().map(|value| value.wire_value.as_str());
    let values: HashSet<&str> = known().collect();
    let listed =
        [&waiter.success_states, &waiter.failure_states, &waiter.late_failure_states, &waiter.pending_states];
    for word in listed.into_iter().flatten().filter(|word| !values.contains(word.text.as_str())) {
        let message = format!("`{}`: there is no state `{}`", operation.id, word.text);
        let help = advise_on_unknown_name(&word.text, known());
        found.push(
            Finding::new(&RULE, &word.location, message)
                .with_related_location(location, "the states")
                .with_help(help.unwrap_or_else(|| String::from("add it to the `enum`, if the docs have it"))),
        );
    }
}
