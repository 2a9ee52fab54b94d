use crate::{Entry, Finding, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("response-code", Profile::OpenApi, include_str!("response_code.md")).blocking();

/// Returns a finding if the key of a response is neither a status code nor `default`; otherwise `None`.
pub(crate) fn check_response_key(response: &Entry) -> Option<Finding> {
    let key = response.key.as_str();
    if is_status_code(key) || key == "default" {
        return None;
    }
    let message = format!("`{key}` is not a status code");
    Some(Finding::new(&RULE, &response.key_location, message).with_help(advise_on_response_code(key)))
}

pub(super) fn is_status_code(key: &str) -> bool {
    let bytes = key.as_bytes();
    bytes.len() == 3
        && (b'1'..=b'5').contains(&bytes[0])
        && (bytes[1..].iter().all(u8::is_ascii_digit) || &bytes[1..] == b"XX")
}

fn advise_on_response_code(key: &str) -> String {
    let trimmed = key.trim().to_uppercase();
    let digits = trimmed.replace('O', "0").replace('I', "1");
    match [trimmed, digits].into_iter().find(|code| is_status_code(code)) {
        Some(code) => format!("did you mean '{code}'?"),
        None if key.eq_ignore_ascii_case("default") => String::from("did you mean `default`?"),
        None => String::from("use a code in quotes like '200', a range like '2XX', or `default`"),
    }
}
