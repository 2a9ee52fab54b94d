use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("ref-unresolved", Profile::OpenApi, include_str!("ref_unresolved.md")).blocking();

/// Returns the finding about a reference whose target does not exist. `message` says what could not be found.
pub(crate) fn new_finding(location: &Location, message: String) -> Finding {
    Finding::new(&RULE, location, message)
}
