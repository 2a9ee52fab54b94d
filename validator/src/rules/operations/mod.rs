//! Rules about operations: names, bodies, responses, security, tags.

mod body_empty;
mod body_optional;
mod body_unexpected;
pub(super) mod media;
mod media_type;
mod media_type_duplicate;
mod operation_id_characters;
mod response_body_unexpected;
mod response_description_empty;
mod response_schema_missing;
mod security_http_scheme;
mod security_missing;
mod security_scheme_incomplete;
mod security_scheme_key;
pub(super) mod security_scheme_unused;
mod security_scope_undeclared;
mod security_scopes_unexpected;
mod tag_duplicate;
mod tag_undeclared;
pub(super) mod tag_unused;

use partner_spec::is_likely_misspelling;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    body_empty::CHECK,
    body_optional::CHECK,
    body_unexpected::CHECK,
    media_type::CHECK,
    media_type_duplicate::CHECK,
    operation_id_characters::CHECK,
    response_body_unexpected::CHECK,
    response_description_empty::CHECK,
    response_schema_missing::CHECK,
    security_http_scheme::CHECK,
    security_missing::CHECK,
    security_scheme_incomplete::CHECK,
    security_scheme_key::CHECK,
    security_scheme_unused::CHECK,
    security_scope_undeclared::CHECK,
    security_scopes_unexpected::CHECK,
    tag_duplicate::CHECK,
    tag_undeclared::CHECK,
    tag_unused::CHECK,
];

/// The maximum number of known names that are compared with one misspelled name. The limit bounds the running time.
const MAX_COMPARED_KNOWN_NAMES: usize = 500;

/// Returns the first known name that resembles `name`; `None` if none of the first [`MAX_COMPARED_KNOWN_NAMES`] known
/// names resembles it.
fn find_similar_name<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known.into_iter().take(MAX_COMPARED_KNOWN_NAMES).find(|known| is_likely_misspelling(name, known))
}
