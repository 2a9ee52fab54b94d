use partner_model::Waiter;
use partner_model::{Enum, Model, Operation};
use partner_spec::{Finding, Findings, Location, Profile, Rule};

use super::add_pointer_help;

pub(super) static RULE: Rule =
    Rule::error("x-waiter-field", Profile::Generator, include_str!("x_waiter_field.md")).blocking();

/// Checks the operations with `x-waiter`: the response must have the field that `x-waiter` refers to, and the type of
/// the field must be an enum of states.
pub(super) fn check_model(model: &Model, found: &mut Findings) {
    for operation in &model.operations {
        let waiters = operation.waiters.iter();
        found.extend(
            waiters
                .filter_map(|waiter| Some(*find_state_enum_and_location(operation, waiter, model).err()?))
                .collect(),
        );
    }
}

/// Finds the type of the response field that a waiter (`x-waiter`) refers to. The type has to be an enum, which lists
/// the possible states. Returns the enum and its location.
///
/// # Errors
///
/// The finding that says why there is no such enum.
pub(super) fn find_state_enum_and_location<'m>(
    operation: &'m Operation,
    waiter: &'m Waiter,
    model: &'m Model,
) -> Result<(&'m Enum, &'m Location), Box<Finding>> {
    let new_finding = |what: String| {
        Finding::new(&RULE, &waiter.state_pointer.location, format!("`{}`: {what}", operation.id))
    };
    let Some(response) = operation.common_success_response_schema() else {
        let what = String::from("no state can be read: its response is not one JSON body");
        return Err(Box::new(new_finding(what).with_help("describe one body for all its successes")));
    };
    let schema = waiter
        .state_pointer
        .find_target_schema(response, model)
        .map_err(|at| Box::new(add_pointer_help(new_finding(at.to_string()), &at)))?;
    match schema.ty.name().and_then(|name| model.find_enum(name)) {
        Some(states) => Ok((states, model.type_definition_location(schema))),
        None => {
            let what =
                format!("`{}` has no known states: it is no enum of strings", waiter.state_pointer.text);
            let help = "give it an `enum` with the states that are documented";
            Err(Box::new(
                new_finding(what).with_related_location(&schema.location, "what it names").with_help(help),
            ))
        }
    }
}
