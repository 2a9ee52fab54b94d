use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("swagger-2-keyword", Profile::Openapi, include_str!("swagger_2_keyword.md")).blocking();

/// What OpenAPI 3.0 does not have, and what to write instead.
pub(crate) fn report(location: &Location, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("{what}; Swagger 2.0 has it")).help(help)
}
