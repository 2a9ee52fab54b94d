//! An estimate of the memory that the values of a JSON text take, made before the text is deserialized.
//!
//! `{},` has three bytes of text, and may become an item of a list that takes a thousand bytes of memory. So the length of a
//! response says little about the memory that it takes.

use memchr::memchr2;

/// How many bytes of memory a value that is not an object counts as: an item of a list, or an entry of a map with its key.
const VALUE: usize = 64;

/// How many bytes of memory an object counts as at least. A map with one entry reserves room for several.
const SMALLEST_OBJECT: usize = 256;

/// A list that grows may reserve room for twice the items that it has.
const SPARE: usize = 2;

/// Whether the values of a text may take more memory than the budget, if the largest object takes `object` bytes. The text of
/// strings is not counted, because it takes no more memory than its length.
pub(crate) fn exceeds(text: &[u8], object: usize, budget: usize) -> bool {
    let object = object.max(SMALLEST_OBJECT).saturating_mul(SPARE);
    // No byte of a text counts more than an object, so most responses are short enough to need no closer look.
    if text.len() <= budget / object || !matches!(text.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return false;
    }
    let mut left = budget;
    let mut rest = text;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        let cost = match byte {
            b'"' => {
                rest = behind_string(behind);
                0
            }
            b'{' => object,
            b'[' | b',' => VALUE,
            _ => 0,
        };
        match left.checked_sub(cost) {
            Some(less) => left = less,
            None => return true,
        }
    }
    false
}

/// The text after a string whose opening quote was read. It is empty when the string does not end.
fn behind_string(mut text: &[u8]) -> &[u8] {
    while let Some(found) = memchr2(b'"', b'\\', text) {
        let is_escape = text.get(found) == Some(&b'\\');
        text = text.get(found + 1 + usize::from(is_escape)..).unwrap_or_default();
        if !is_escape {
            return text;
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest budget that a text does not exceed.
    fn weight(text: &str, object: usize) -> usize {
        (0..100_000).find(|budget| !exceeds(text.as_bytes(), object, *budget)).unwrap()
    }

    #[test]
    fn an_object_counts_as_the_largest_and_every_other_value_a_little() {
        for (text, values, objects) in [
            ("[]", 1, 0),
            ("[1,2,3]", 3, 0),
            ("{}", 0, 1),
            (r#"[{},{"a":1}]"#, 2, 2),
            (r#"{"a":[[],[7]],"b":{"c":null,"d":""}}"#, 6, 2),
        ] {
            assert_eq!(weight(text, 1000), values * VALUE + objects * SPARE * 1000, "{text}");
            assert_eq!(weight(text, 1), values * VALUE + objects * SPARE * SMALLEST_OBJECT, "{text}");
        }
    }

    #[test]
    fn what_is_in_a_string_counts_nothing() {
        for string in ["[{,{[", r#"\"{{"#, r#"\\\"{,"#, r"\\", r"é{\u007b"] {
            assert_eq!(weight(&format!(r#"["{string}",7]"#), 1000), 2 * VALUE, "{string}");
        }
        assert_eq!(weight(r#"["{{{{"#, 1000), VALUE, "a string that does not end");
        assert_eq!(weight(r#"["{{{{\"#, 1000), VALUE, "an escape that does not end");
    }

    #[test]
    fn what_is_no_object_or_list_counts_nothing() {
        for text in ["", "7", "<a>{,,,{</a>", "\"{,,\""] {
            assert_eq!(weight(text, 1000), 0, "{text}");
        }
        assert_eq!(weight(" \n[,", 1000), 2 * VALUE);
    }

    #[test]
    fn the_largest_numbers_overflow_nothing() {
        assert!(exceeds(b"{", usize::MAX, usize::MAX - 1));
        assert!(!exceeds(b"{", usize::MAX, usize::MAX));
    }
}
