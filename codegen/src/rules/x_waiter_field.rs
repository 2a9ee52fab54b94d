use partner_spec::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-waiter-field", Profile::Generator, include_str!("x_waiter_field.md")).blocking();

/// A pointer of `x-waiter` that does not lead to a state.
pub(crate) fn report(operation: &str, what: &str, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("`{operation}`: {what}"))
}
