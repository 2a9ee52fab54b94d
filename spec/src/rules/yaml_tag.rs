use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("yaml-tag", Profile::OpenApi, include_str!("yaml_tag.md")).blocking();

/// Returns the finding about a YAML tag that changes the type of a value.
pub(crate) fn new_finding(tag: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("the tag `{tag}` has no meaning in an OpenAPI document"))
        .with_help("quote the value when a string is meant")
}
