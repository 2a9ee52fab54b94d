use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("empty-file", Profile::OpenApi, include_str!("empty_file.md")).blocking();

/// Returns the finding about an empty file: one that contains no value, or only `null`.
pub(crate) fn new_finding(file: &Location) -> Finding {
    Finding::new(&RULE, file, "the file is empty")
        .with_help("an OpenAPI document starts with `openapi: 3.0.3`; other files hold what it refers to")
}
