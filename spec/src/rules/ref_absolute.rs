use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("ref-absolute", Profile::Generator, include_str!("ref_absolute.md"))
        .warning_in_earlier_profiles()
        .blocking();

/// Returns the finding about a reference with an absolute file path. Such a path would be wrong on other machines.
pub(crate) fn new_finding(text: &str, location: &Location, help: impl Into<String>) -> Finding {
    let message = format!("`{text}` is an absolute path, which leads elsewhere on every machine");
    Finding::new(&RULE, location, message).with_help(help)
}
