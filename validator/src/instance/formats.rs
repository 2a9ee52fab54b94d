//! The formats that the validator knows, and functions that check the formats that the JSON Schema library does not
//! know.

/// The name of a `format`, like `date`, and the schema types to which this format applies, like `string`.
type KnownFormat = (&'static str, &'static [&'static str]);

/// The formats that the validator knows. They are the formats of OpenAPI and JSON Schema that all tools interpret in
/// the same way.
pub(crate) const KNOWN_FORMATS: &[KnownFormat] = &[
    ("int32", &["integer"]),
    ("int64", &["integer"]),
    ("float", &["number"]),
    ("double", &["number"]),
    ("decimal", &["string", "number"]),
    ("byte", &["string"]),
    ("binary", &["string"]),
    ("date", &["string"]),
    ("date-time", &["string"]),
    ("time", &["string"]),
    ("duration", &["string"]),
    ("password", &["string"]),
    ("uuid", &["string"]),
    ("email", &["string"]),
    ("idn-email", &["string"]),
    ("hostname", &["string"]),
    ("idn-hostname", &["string"]),
    ("ipv4", &["string"]),
    ("ipv6", &["string"]),
    ("uri", &["string"]),
    ("uri-reference", &["string"]),
    ("uri-template", &["string"]),
    ("iri", &["string"]),
    ("iri-reference", &["string"]),
    ("json-pointer", &["string"]),
    ("relative-json-pointer", &["string"]),
    ("regex", &["string"]),
];

/// Returns the smallest and the largest number that an integer format like `int32` allows; `None` for any other format.
pub(crate) fn find_integer_format_bounds(format: &str) -> Option<(i64, i64)> {
    match format {
        "int32" => Some((i32::MIN.into(), i32::MAX.into())),
        "int64" => Some((i64::MIN, i64::MAX)),
        _ => None,
    }
}

/// Whether a text is a decimal number: an optional sign, digits and, optionally, a decimal point with digits after it.
pub(super) fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

/// Whether a text is a UUID in the common notation: 32 hexadecimal digits in five groups.
pub(super) fn is_uuid(text: &str) -> bool {
    let mut groups = text.split('-');
    let lengths = [8, 4, 4, 4, 12];
    let hex = |group: &str| group.bytes().all(|b| b.is_ascii_hexdigit());
    lengths.iter().all(|length| groups.next().is_some_and(|g| g.len() == *length && hex(g)))
        && groups.next().is_none()
}

/// Whether a text is base64 (RFC 4648) in the standard or the URL-safe alphabet, with or without padding.
pub(super) fn is_base64(text: &str) -> bool {
    let text: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let body = text.iter().rposition(|b| *b != b'=').map_or(0, |last| last + 1);
    let alphabet = |b: &u8| b.is_ascii_alphanumeric() || b"+/-_".contains(b);
    text[..body].iter().all(alphabet) && text.len() - body <= 2 && body % 4 != 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_uuids_and_base64_are_distinguished_from_other_text() {
        assert!(["0", "-1.50", "100.000001"].into_iter().all(is_decimal));
        assert!(!["", ".", "1.", ".5", "1e3", "1,5", "ten"].into_iter().any(is_decimal));
        assert!(is_uuid("0191d1d6-7a3c-7e0a-9d5e-2f1b6c0a8f11"));
        assert!(!["", "0191d1d6", "0191d1d6-7a3c-7e0a-9d5e-2f1b6c0a8f1z"].into_iter().any(is_uuid));
        assert!(["", "aGk=", "aGk", "a_-+"].into_iter().all(is_base64));
        assert!(!["a", "===", "a b!", "ab=c"].into_iter().any(is_base64));
    }
}
