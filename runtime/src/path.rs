//! Values as parts of a path.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a part of a path may hold as it is (RFC 3986, unreserved). Everything else is escaped, also what URL parsers
/// would take for something else, like a backslash for a slash.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The value as one part of a path. Generated requests call this in place of progenitor's own.
pub fn encode_path(value: &str) -> Cow<'_, str> {
    utf8_percent_encode(value, ESCAPED).into()
}

/// Whether the value can be a part of a path: URLs resolve `.` and `..`, and an empty part is another path.
pub(crate) fn is_segment(value: &impl fmt::Display) -> bool {
    let mut start = Start::default();
    // Writing ends with an error once there is more than could be one of these.
    let longer = write!(start, "{value}").is_err();
    longer || !matches!(&start.bytes[..start.length], b"" | b"." | b"..")
}

/// The first bytes of a text, which is not kept.
#[derive(Default)]
struct Start {
    bytes: [u8; 2],
    length: usize,
}

impl fmt::Write for Start {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let free = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        free.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_one_part_of_the_path() {
        for value in ["a/b", "a\\b", "..\\..", "%2e%2e", "a?b#c", "a b", "ü", "a;b", "a\tb", "@:"] {
            let url = reqwest::Url::parse(&format!("https://x/v1/{}/end", encode_path(value))).unwrap();
            let parts: Vec<&str> = url.path_segments().unwrap().collect();
            assert_eq!(parts, ["v1", &*encode_path(value), "end"], "{value}");
        }
    }

    #[test]
    fn what_would_make_it_another_path_is_none() {
        assert!(!is_segment(&"") && !is_segment(&".") && !is_segment(&".."));
        assert!(
            is_segment(&"...") && is_segment(&" ") && is_segment(&".a") && is_segment(&"ü") && is_segment(&7)
        );
        let in_pieces = |a: &str, b: &str| is_segment(&format_args!("{a}{b}"));
        assert!(!in_pieces(".", ".") && !in_pieces("", "") && in_pieces("..", "..") && in_pieces("a", ""));
    }
}
