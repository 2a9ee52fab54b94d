use partner_spec::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-pagination", Profile::Generator, include_str!("x_pagination.md")).blocking();

/// Returns the finding about a wrong or missing key of `x-pagination`.
pub(crate) fn new_finding(location: &Location, message: String) -> Diagnostic {
    Diagnostic::new(&RULE, location, message)
}
