use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("empty-file", Profile::OpenApi, include_str!("empty_file.md")).blocking();

/// Returns the finding about a file without a value.
pub(crate) fn new_finding(file: &Location) -> Finding {
    Finding::new(&RULE, file, "the file is empty")
        .with_help("an OpenAPI document starts with `openapi: 3.0.3`; other files hold what it refers to")
}
