use partner_spec::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-pagination-parameter", Profile::Generator, include_str!("x_pagination_parameter.md"))
        .blocking();

/// Returns the finding about a parameter name in `x-pagination`. `reason` says what is wrong: the operation has no
/// query parameter of this name, or the parameter's type cannot count pages or items.
pub(crate) fn new_finding(operation: &str, reason: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("`{operation}`: {reason}"))
}
