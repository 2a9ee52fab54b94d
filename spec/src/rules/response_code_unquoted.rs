use super::response_code;
use crate::{Entry, Finding, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::warning("response-code-unquoted", Profile::OpenApi, include_str!("response_code_unquoted.md"));

/// Returns a finding if the key of a response is an unquoted status code, which is an integer in YAML; otherwise
/// `None`.
pub(crate) fn check_response_key(response: &Entry) -> Option<Finding> {
    let (key, location) = (response.key.as_str(), &response.key_location);
    let byte = location.source.byte_offset(location.start);
    let is_integer = response_code::is_status_code(key) && key.bytes().all(|b| b.is_ascii_digit());
    if !is_integer || !location.source.text[byte..].starts_with(key) {
        return None;
    }
    Some(
        Finding::new(&RULE, location, format!("`{key}` is an integer; the specification demands quotes"))
            .with_help(format!("write '{key}'")),
    )
}
