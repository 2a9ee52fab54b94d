use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("openapi-3-1-keyword", Profile::OpenApi, include_str!("openapi_3_1_keyword.md")).blocking();

/// Returns the finding about a keyword or value of OpenAPI 3.1. `what` says what OpenAPI 3.0 does not have, `help`
/// what to write instead.
pub(crate) fn new_finding(location: &Location, what: &str, help: &str) -> Finding {
    Finding::new(&RULE, location, format!("{what}; 3.1 has it")).with_help(help)
}
