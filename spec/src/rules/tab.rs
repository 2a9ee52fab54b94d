use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error("tab", Profile::OpenApi, include_str!("tab.md")).blocking();

/// Returns the finding about a tab in the indentation.
pub(crate) fn new_finding(location: &Location) -> Finding {
    Finding::new(&RULE, location, "a tab in the indentation; YAML allows spaces only")
        .with_help("replace the tab by two spaces")
}
