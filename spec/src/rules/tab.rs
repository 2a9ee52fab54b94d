use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error("tab", Profile::Openapi, include_str!("tab.md")).blocking();

/// Returns the finding about a tab in the indentation.
pub(crate) fn new_finding(location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, "a tab in the indentation; YAML allows spaces only")
        .with_help("replace the tab by two spaces")
}
