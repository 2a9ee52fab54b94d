use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error("syntax", Profile::Openapi, include_str!("syntax.md")).blocking();

/// Returns the finding about a syntax error in YAML or JSON.
pub(crate) fn new_finding(location: &Location, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&RULE, location, message)
}
