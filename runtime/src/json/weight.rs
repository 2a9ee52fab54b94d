//! Estimates the memory that the values of a JSON text will take, before the text is deserialized.
//!
//! The list item `{},` has three bytes of text, but may take a thousand bytes of memory. So the length of a response
//! says little about the memory that it takes.

use memchr::memchr2;

/// The estimated memory of one map entry (key and value), in bytes. The same estimate is used for a list item that is
/// not an object.
const ESTIMATED_ENTRY_BYTES: usize = 64;

/// The minimum estimate for the memory of an object, in bytes. Even a map with one entry reserves room for several.
const MIN_ESTIMATED_OBJECT_BYTES: usize = 256;

/// The estimated memory of an object is multiplied by this factor, because a growing list may reserve room for twice as
/// many objects as it contains.
const SPARE_CAPACITY_FACTOR: usize = 2;

/// Whether the values of a JSON text may take more than `budget` bytes of memory. Every object is assumed to take
/// `object_bytes`, the size of the largest object type. The characters of strings are not counted, because they take no
/// more bytes in memory than in the JSON text.
pub(crate) fn may_exceed_memory_budget(text: &[u8], object_bytes: usize, budget: usize) -> bool {
    let object_bytes = object_bytes.max(MIN_ESTIMATED_OBJECT_BYTES).saturating_mul(SPARE_CAPACITY_FACTOR);
    // Each byte of the text adds at most the memory of one object. So a short text cannot exceed the budget. Most
    // responses are short enough to be accepted without counting their values.
    if text.len() <= budget / object_bytes || !matches!(text.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return false;
    }
    let mut left = budget;
    let mut rest = text;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        let cost = match byte {
            b'"' => {
                rest = find_text_after_string(behind);
                0
            }
            b'{' => object_bytes,
            b'[' | b',' => ESTIMATED_ENTRY_BYTES,
            _ => 0,
        };
        match left.checked_sub(cost) {
            Some(less) => left = less,
            None => return true,
        }
    }
    false
}

/// Returns the text after a string whose opening quote was already read. The text is empty if the string does not end.
fn find_text_after_string(mut text: &[u8]) -> &[u8] {
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

    /// Returns the smallest memory budget, in bytes, that is enough for the values of the text.
    fn find_smallest_sufficient_budget(text: &str, object_bytes: usize) -> usize {
        (0..100_000).find(|budget| !may_exceed_memory_budget(text.as_bytes(), object_bytes, *budget)).unwrap()
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
            assert_eq!(
                find_smallest_sufficient_budget(text, 1000),
                values * ESTIMATED_ENTRY_BYTES + objects * SPARE_CAPACITY_FACTOR * 1000,
                "{text}"
            );
            assert_eq!(
                find_smallest_sufficient_budget(text, 1),
                values * ESTIMATED_ENTRY_BYTES + objects * SPARE_CAPACITY_FACTOR * MIN_ESTIMATED_OBJECT_BYTES,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_in_a_string_counts_nothing() {
        for string in ["[{,{[", r#"\"{{"#, r#"\\\"{,"#, r"\\", r"é{\u007b"] {
            assert_eq!(
                find_smallest_sufficient_budget(&format!(r#"["{string}",7]"#), 1000),
                2 * ESTIMATED_ENTRY_BYTES,
                "{string}"
            );
        }
        assert_eq!(
            find_smallest_sufficient_budget(r#"["{{{{"#, 1000),
            ESTIMATED_ENTRY_BYTES,
            "a string that does not end"
        );
        assert_eq!(
            find_smallest_sufficient_budget(r#"["{{{{\"#, 1000),
            ESTIMATED_ENTRY_BYTES,
            "an escape that does not end"
        );
    }

    #[test]
    fn what_is_no_object_or_list_counts_nothing() {
        for text in ["", "7", "<a>{,,,{</a>", "\"{,,\""] {
            assert_eq!(find_smallest_sufficient_budget(text, 1000), 0, "{text}");
        }
        assert_eq!(find_smallest_sufficient_budget(" \n[,", 1000), 2 * ESTIMATED_ENTRY_BYTES);
    }

    #[test]
    fn the_largest_numbers_overflow_nothing() {
        assert!(may_exceed_memory_budget(b"{", usize::MAX, usize::MAX - 1));
        assert!(!may_exceed_memory_budget(b"{", usize::MAX, usize::MAX));
    }
}
