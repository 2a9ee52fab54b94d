use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error("ref-remote", Profile::Generator, include_str!("ref_remote.md"))
    .warning_in_earlier_profiles()
    .blocking();

/// Returns the finding about a reference whose target is on another machine. `text` is the URL in the `$ref`.
pub(crate) fn new_finding(text: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("`{text}` is on another machine"))
        .with_help("keep a copy beside the document and refer to that")
}
