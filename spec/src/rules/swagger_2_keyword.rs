use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("swagger-2-keyword", Profile::OpenApi, include_str!("swagger_2_keyword.md")).blocking();

/// Returns the finding about a keyword or value that exists in Swagger 2.0, but not in OpenAPI 3.0. `what` describes
/// the keyword or value. `help` says what to write instead.
pub(crate) fn new_finding(location: &Location, what: &str, help: &str) -> Finding {
    Finding::new(&RULE, location, format!("{what}; Swagger 2.0 has it")).with_help(help)
}
