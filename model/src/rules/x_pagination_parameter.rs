use partner_spec::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-pagination-parameter", Profile::Generator, include_str!("x_pagination_parameter.md"))
        .blocking();

/// Returns the finding about a parameter that `x-pagination` names, but that does not exist or cannot count. `what`
/// gives the reason.
pub(crate) fn new_finding(operation: &str, what: &str, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("`{operation}`: {what}"))
}
