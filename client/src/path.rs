//! Values as parts of a path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a part of a path may hold as it is (RFC 3986, unreserved). Everything else is escaped, also what URL parsers
/// would take for something else, like a backslash for a slash.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The value as one part of a path. Generated requests call this in place of progenitor's own.
pub(crate) fn encode_path(value: &str) -> String {
    utf8_percent_encode(value, ESCAPED).to_string()
}

/// Whether the value can be a part of a path: URLs resolve `.` and `..`, and an empty part is another path.
pub(crate) fn is_segment(value: &str) -> bool {
    !matches!(value, "" | "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_one_part_of_the_path() {
        for value in ["a/b", "a\\b", "..\\..", "%2e%2e", "a?b#c", "a b", "ü", "a;b", "a\tb", "@:"] {
            let url = reqwest::Url::parse(&format!("https://x/v1/{}/end", encode_path(value))).unwrap();
            let parts: Vec<&str> = url.path_segments().unwrap().collect();
            assert_eq!(parts, ["v1", &encode_path(value), "end"], "{value}");
        }
    }

    #[test]
    fn what_would_make_it_another_path_is_none() {
        assert!(!is_segment("") && !is_segment(".") && !is_segment(".."));
        assert!(is_segment("...") && is_segment(" "));
    }
}
