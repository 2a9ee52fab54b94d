use partner_spec::{Diagnostic, Location, Profile, Rule, did_you_mean};

pub(crate) static RULE: Rule =
    Rule::error("x-waiter-state", Profile::Generator, include_str!("x_waiter_state.md")).blocking();

/// A state that the enum does not have.
pub(crate) fn report<'a>(
    operation: &str,
    state: &str,
    location: &Location,
    states: &Location,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let help = did_you_mean(state, known);
    Diagnostic::new(&RULE, location, format!("`{operation}`: there is no state `{state}`"))
        .related(states, "the states")
        .help(help.unwrap_or_else(|| String::from("add it to the `enum`, if the docs have it")))
}
