use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("openapi-3-1-keyword", Profile::Openapi, include_str!("openapi_3_1_keyword.md")).blocking();

/// What OpenAPI 3.0 does not have, and what to write instead.
pub(crate) fn report(location: &Location, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("{what}; 3.1 has it")).help(help)
}
