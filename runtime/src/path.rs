//! Escapes values that become segments of a URL's path.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that are escaped: all except the unreserved characters of RFC 3986. Some of the escaped characters
/// are legal in a path, but URL parsers change them, for example a backslash into a slash.
const ESCAPED_CHARS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Escapes a value, so that it becomes exactly one segment of a path. Generated code calls the function by this name.
pub fn encode_path(value: &str) -> Cow<'_, str> {
    utf8_percent_encode(value, ESCAPED_CHARS).into()
}

/// Whether a value can be a segment of a path. An empty segment, `.` and `..` cannot, because they change which path is
/// requested.
pub(crate) fn is_valid_path_segment(value: &impl fmt::Display) -> bool {
    let mut start = FirstTwoBytesBuffer::default();
    // The buffer has room for two bytes, so writing fails if the value is longer. A longer value is neither empty nor
    // `.` nor `..`.
    let exceeds_two_bytes = write!(start, "{value}").is_err();
    exceeds_two_bytes || !matches!(&start.bytes[..start.length], b"" | b"." | b"..")
}

/// A buffer for the first two bytes of a value, so that the whole value need not be formatted.
#[derive(Default)]
struct FirstTwoBytesBuffer {
    bytes: [u8; 2],
    length: usize,
}

impl fmt::Write for FirstTwoBytesBuffer {
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
    fn a_value_stays_one_segment_of_the_path() {
        for value in ["a/b", "a\\b", "..\\..", "%2e%2e", "a?b#c", "a b", "ü", "a;b", "a\tb", "@:"] {
            let url = reqwest::Url::parse(&format!("https://x/v1/{}/end", encode_path(value))).unwrap();
            let parts: Vec<&str> = url.path_segments().unwrap().collect();
            assert_eq!(parts, ["v1", &*encode_path(value), "end"], "{value}");
        }
    }

    #[test]
    fn a_value_that_would_change_the_path_is_no_segment() {
        assert!(!is_valid_path_segment(&"") && !is_valid_path_segment(&".") && !is_valid_path_segment(&".."));
        assert!(
            is_valid_path_segment(&"...")
                && is_valid_path_segment(&" ")
                && is_valid_path_segment(&".a")
                && is_valid_path_segment(&"ü")
                && is_valid_path_segment(&7)
        );
        let in_pieces = |a: &str, b: &str| is_valid_path_segment(&format_args!("{a}{b}"));
        assert!(!in_pieces(".", ".") && !in_pieces("", "") && in_pieces("..", "..") && in_pieces("a", ""));
    }
}
