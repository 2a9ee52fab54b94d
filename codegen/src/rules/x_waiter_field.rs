use partner_model::Waiter;
use partner_model::{Enum, Model, Operation};
use partner_spec::{Diagnostic, Diagnostics, Location, Profile, Rule};

use super::lost;

pub(super) static RULE: Rule =
    Rule::error("x-waiter-field", Profile::Generator, include_str!("x_waiter_field.md")).blocking();

/// What `x-waiter` names is a state in the response.
pub(super) fn check(model: &Model, found: &mut Diagnostics) {
    for operation in &model.operations {
        let waiters = operation.waiters.iter();
        found.extend(waiters.filter_map(|waiter| Some(*states(operation, waiter, model).err()?)).collect());
    }
}

/// The states that the field can have, and where they are listed.
///
/// # Errors
///
/// Why there are none.
pub(super) fn states<'m>(
    operation: &'m Operation,
    waiter: &'m Waiter,
    model: &'m Model,
) -> Result<(&'m Enum, &'m Location), Box<Diagnostic>> {
    let report =
        |what: String| Diagnostic::new(&RULE, &waiter.field.location, format!("`{}`: {what}", operation.id));
    let Some(response) = operation.response_schema() else {
        let what = String::from("no state can be read: its response is not one JSON body");
        return Err(Box::new(report(what).help("describe one body for all its successes")));
    };
    let schema = waiter
        .field
        .find_schema(response, model)
        .map_err(|at| Box::new(lost(report(at.to_string()), &at)))?;
    match schema.ty.name().and_then(|name| model.string_enum(name)) {
        Some(states) => Ok((states, model.location(schema))),
        None => {
            let what = format!("`{}` has no known states: it is no enum of strings", waiter.field.text);
            let help = "give it an `enum` with the states that are documented";
            Err(Box::new(report(what).related(&schema.location, "what it names").help(help)))
        }
    }
}
