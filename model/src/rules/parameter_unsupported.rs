use partner_spec::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("parameter-unsupported", Profile::Generator, include_str!("parameter_unsupported.md"))
        .blocking();

/// Returns the finding about a parameter that the client cannot send. `what` says why.
pub(crate) fn report(operation: &str, what: &str, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("`{operation}`: {what}"))
}
