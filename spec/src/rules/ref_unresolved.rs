use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("ref-unresolved", Profile::Openapi, include_str!("ref_unresolved.md")).blocking();

/// Returns the finding about a reference without a target. `message` says what could not be found.
pub(crate) fn new_finding(location: &Location, message: String) -> Diagnostic {
    Diagnostic::new(&RULE, location, message)
}
