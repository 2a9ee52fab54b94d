use partner_spec::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-pagination", Profile::Generator, include_str!("x_pagination.md")).blocking();

/// Returns the finding about a wrong or missing key of `x-pagination`.
pub(crate) fn new_finding(location: &Location, message: String) -> Finding {
    Finding::new(&RULE, location, message)
}
