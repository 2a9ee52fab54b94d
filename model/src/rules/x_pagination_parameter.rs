use partner_spec::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-pagination-parameter", Profile::Generator, include_str!("x_pagination_parameter.md"))
        .blocking();

/// Returns the finding about a parameter that `x-pagination` names, although the operation has no such parameter or its
/// type cannot count pages or items. `reason` says which.
pub(crate) fn new_finding(operation: &str, reason: &str, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("`{operation}`: {reason}"))
}
