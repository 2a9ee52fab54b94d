use crate::{Diagnostic, Entry, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::warning("response-code-unquoted", Profile::Openapi, include_str!("response_code_unquoted.md"));

/// Looks at the key of a response that is a status code: YAML reads one without quotes as an integer.
pub(crate) fn check(response: &Entry) -> Option<Diagnostic> {
    let (key, location) = (response.key.as_str(), &response.key_location);
    let byte = location.source.byte(location.start);
    if !location.source.text[byte..].starts_with(key) || !key.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(
        Diagnostic::new(&RULE, location, format!("`{key}` is an integer; the specification demands quotes"))
            .help(format!("write '{key}'")),
    )
}
