use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error("syntax", Profile::OpenApi, include_str!("syntax.md")).blocking();

/// Returns the finding about a syntax error in YAML or JSON.
pub(crate) fn new_finding(location: &Location, message: impl Into<String>) -> Finding {
    Finding::new(&RULE, location, message)
}
