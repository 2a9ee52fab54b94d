//! Operations: names, bodies, answers, security, tags.

mod body_empty;
mod body_optional;
mod body_unexpected;
pub(super) mod media;
mod media_type;
mod media_type_duplicate;
mod no_success_response;
mod operation_id_characters;
mod operation_id_collision;
mod operation_id_duplicate;
mod operation_id_missing;
mod operation_id_name;
mod requirements;
mod response_body_unexpected;
mod response_description_empty;
mod response_schema_missing;
mod response_unauthorized;
mod responses_empty;
mod security_http_scheme;
mod security_missing;
mod security_scheme_incomplete;
mod security_scheme_key;
mod security_scheme_undeclared;
mod security_scheme_unused;
mod security_scope_undeclared;
mod security_scopes_unexpected;
mod several_content_types;
mod tag_duplicate;
mod tag_undeclared;
mod tag_unused;

use partner_spec::is_similar;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    body_empty::RULE,
    body_optional::RULE,
    body_unexpected::RULE,
    media_type::RULE,
    media_type_duplicate::RULE,
    no_success_response::RULE,
    operation_id_characters::RULE,
    operation_id_collision::RULE,
    operation_id_duplicate::RULE,
    operation_id_missing::RULE,
    operation_id_name::RULE,
    response_body_unexpected::RULE,
    response_description_empty::RULE,
    response_schema_missing::RULE,
    response_unauthorized::RULE,
    responses_empty::RULE,
    security_http_scheme::RULE,
    security_missing::RULE,
    security_scheme_incomplete::RULE,
    security_scheme_key::RULE,
    security_scheme_undeclared::RULE,
    security_scheme_unused::RULE,
    security_scope_undeclared::RULE,
    security_scopes_unexpected::RULE,
    several_content_types::RULE,
    tag_duplicate::RULE,
    tag_undeclared::RULE,
    tag_unused::RULE,
];

/// With how many names one is compared at most.
const MAX_COMPARED: usize = 500;

/// The one of the known names that a misspelled one was meant to be, if any is near.
fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known.into_iter().take(MAX_COMPARED).find(|known| is_similar(name, known))
}
