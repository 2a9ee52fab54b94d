//! Removes the quoted values from error messages of `serde_json`.

/// Returns the message of a JSON error without the values that the message quotes, because these values may be secrets.
pub(crate) fn describe_error_without_values(error: &serde_json::Error) -> String {
    let kept = describe_error_without_values_and_location(error);
    match error.line() {
        0 => kept,
        line => format!("{kept} at line {line} column {}", error.column()),
    }
}

/// Returns the same message as [`describe_error_without_values`], but without the location (line and column) in the
/// JSON. This location would not help the reader if the JSON is part of a larger text.
pub(crate) fn describe_error_without_values_and_location(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let location = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&location).unwrap_or(&text);
    // The text is split at the last `, expected `, because a quoted value before it may also contain `, expected `.
    match text.rsplit_once(", expected ") {
        Some((text_before_expected, expected)) => {
            // The quoted value is cut off: `invalid type: string "4111...", expected u64` becomes `invalid type:
            // string, expected u64`.
            let problem_without_quoted_value =
                text_before_expected.split(['"', '`']).next().unwrap_or_default().trim_end();
            let problem = problem_without_quoted_value
                .trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
                .trim_end();
            format!("{problem}, expected {expected}")
        }
        // The message contains the name of an unknown key. The name comes from the server and may be a secret, so it is
        // removed.
        None if text.starts_with("unknown ") => {
            text.split('`').next().unwrap_or_default().trim_end().to_owned()
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[test]
    fn names_of_unknown_keys_never_get_into_messages() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Nothing {}

        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, reason = "it is only read")]
        struct Something {
            a: u8,
        }

        let json = r#"{"DE00123":1}"#;
        let nothing = serde_json::from_str::<Nothing>(json).unwrap_err();
        assert_eq!(describe_error_without_values_and_location(&nothing), "unknown field");
        let something = serde_json::from_str::<Something>(json).unwrap_err();
        assert_eq!(describe_error_without_values_and_location(&something), "unknown field, expected `a`");
    }

    #[test]
    fn values_never_get_into_messages() {
        let text =
            |json: &str| describe_error_without_values(&serde_json::from_str::<Vec<u8>>(json).unwrap_err());
        assert_eq!(text("[\"4111111111111111\"]"), "invalid type: string, expected u8 at line 1 column 19");
        assert_eq!(text("[4111]"), "invalid value: integer, expected u8 at line 1 column 5");
        assert_eq!(text("[-5.25]"), "invalid type: floating point, expected u8 at line 1 column 6");
        let spoofed = text("[\"4111, expected nothing\"]");
        assert!(!spoofed.contains("4111") && !spoofed.contains("nothing"), "{spoofed}");
        assert_eq!(text("[1"), "EOF while parsing a list at line 1 column 2");
    }
}
