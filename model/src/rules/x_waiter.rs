use partner_spec::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-waiter", Profile::Generator, include_str!("x_waiter.md")).blocking();

/// Returns the finding about a wrong or missing key of `x-waiter`.
pub(crate) fn new_finding(location: &Location, message: String) -> Finding {
    Finding::new(&RULE, location, message)
}
