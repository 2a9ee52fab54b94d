use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("openapi-3-1-keyword", Profile::OpenApi, include_str!("openapi_3_1_keyword.md")).blocking();

/// Returns the finding about a keyword or value that exists in OpenAPI 3.1, but not in 3.0. `what` describes the
/// keyword or value. `help` says what to write instead.
pub(crate) fn new_finding(location: &Location, what: &str, help: &str) -> Finding {
    Finding::new(&RULE, location, format!("{what}; 3.1 has it")).with_help(help)
}
