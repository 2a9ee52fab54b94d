//! Interprets unquoted YAML scalars according to the core schema of YAML 1.2. Also recognizes scalars that have another
//! meaning in YAML 1.1.

use crate::{Location, Value};

/// An unquoted value or key that YAML 1.1 readers and YAML 1.2 readers interpret differently.
#[derive(Clone, Debug)]
pub(crate) struct AmbiguousScalar {
    /// The location of the scalar.
    pub(crate) location: Location,
    /// The text of the scalar, as written.
    pub(crate) text: String,
    /// The type that the scalar has in YAML 1.1, in words for messages, like `a boolean`.
    pub(crate) yaml_1_1_type_description: &'static str,
}

/// The maximum length in bytes of a scalar whose type in YAML 1.1 is checked. Longer scalars are assumed to have the
/// same type in YAML 1.1 and YAML 1.2.
const MAX_CHECKED_SCALAR_BYTES: usize = 40;

/// Describes the type of an unquoted scalar in YAML 1.1, which many parsers still follow: `a boolean` for `no`. Returns
/// `None` if YAML 1.2 gives the scalar the same type. This crate reads every key as a string. So if a key is a number
/// in YAML 1.1, this type is returned, except for keys like `200`.
pub(crate) fn describe_yaml_1_1_type(text: &str, is_key: bool) -> Option<&'static str> {
    let first = text.bytes().next()?;
    if text.len() > MAX_CHECKED_SCALAR_BYTES || !(first.is_ascii_digit() || b"yYnNoO+-.".contains(&first)) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let one_case = text == lower || text[1..] == lower[1..] || !text.bytes().any(|b| b.is_ascii_lowercase());
    if one_case && matches!(lower.as_str(), "y" | "n" | "yes" | "no" | "on" | "off") {
        return Some("a boolean");
    }
    if is_date_or_date_time(text) {
        return Some("a date");
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if is_number_only_in_yaml_1_1(unsigned) {
        return Some("a number");
    }
    match resolve_unquoted_scalar(text) {
        Ok(Value::Number(_)) if is_key => (!is_canonical_integer(text)).then_some("a number"),
        Ok(Value::Number(_)) => describe_yaml_1_1_reading(unsigned),
        _ => None,
    }
}

/// Whether the text is a date like `2026-01-31`, with or without a time.
fn is_date_or_date_time(text: &str) -> bool {
    let (date, time) = match text.split_once(['t', 'T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let mut digits = |from: usize, to: usize| {
        parts.next().is_some_and(|p| (from..=to).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let (least, whole) = if time.is_some() { (1, false) } else { (2, true) };
    digits(4, 4)
        && digits(least, 2)
        && digits(least, 2)
        && parts.next().is_none()
        && (whole
            || time.is_some_and(|t| t.split(':').count() == 3 && t.starts_with(|c: char| c.is_ascii_digit())))
}

/// Whether the text is a number in YAML 1.1, but not in YAML 1.2: a number in base 60 (`12:30:45`), a number with `_`
/// between digits (`1_000`), or a binary number (`0b11`).
fn is_number_only_in_yaml_1_1(text: &str) -> bool {
    let digits = |s: &str, radix: u32| s.chars().all(|c| c == '_' || c.is_digit(radix)) && s != "_";
    if let Some(binary) = text.strip_prefix("0b") {
        return !binary.is_empty() && digits(binary, 2);
    }
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if let Some((first, rest)) = text.split_once(':') {
        let sixtieth = |part: &str| (1..=2).contains(&part.len()) && part.parse::<u8>().is_ok_and(|n| n < 60);
        return !first.starts_with('0') && digits(first, 10) && rest.split(':').all(sixtieth);
    }
    let radix = if text.starts_with("0x") { 16 } else { 10 };
    text.contains('_') && digits(text.trim_start_matches("0x").split('.').collect::<String>().as_str(), radix)
}

/// Describes what YAML 1.1 reads where YAML 1.2 reads a number, like `an octal number` for `0123`. Returns `None` if
/// YAML 1.1 reads the same number. `unsigned` is the number without its sign.
fn describe_yaml_1_1_reading(unsigned: &str) -> Option<&'static str> {
    let bytes = unsigned.as_bytes();
    let digits = bytes.iter().all(u8::is_ascii_digit);
    if digits && bytes.len() > 1 && bytes[0] == b'0' {
        let octal = bytes.iter().all(|b| (b'0'..b'8').contains(b));
        return Some(if octal { "an octal number" } else { "a text" });
    }
    if unsigned.starts_with("0o") {
        return Some("a text");
    }
    let (mantissa, exponent) = unsigned.split_once(['e', 'E'])?;
    let same = unsigned.starts_with("0x") || (mantissa.contains('.') && exponent.starts_with(['+', '-']));
    (!same).then_some("a text")
}

/// Whether a number consists of digits only, without a leading zero.
fn is_canonical_integer(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'))
}

/// Returns the value of an unquoted scalar in YAML 1.2: null, a boolean, a number or otherwise a string. For example,
/// `no`, `on` and `12:30` are strings. Returns an error for numbers that JSON cannot represent, like `.inf`.
pub(crate) fn resolve_unquoted_scalar(text: &str) -> Result<Value, &'static str> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "-.inf" | ".nan" | ".NaN" | ".NAN" => {
            return Err("infinity and not-a-number do not exist in JSON");
        }
        _ => {}
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && !digits.is_empty()
            && digits.chars().all(|c| c.is_digit(radix))
        {
            return match digits.len() <= MAX_HEX_OR_OCTAL_DIGITS {
                true => Ok(Value::Number(convert_to_decimal_digits(digits, radix))),
                false => Err("this number is too large; write it in decimal or as a string"),
            };
        }
    }
    Ok(to_json_number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number))
}

/// The maximum number of digits of a hexadecimal or octal number. There has to be a limit, because the conversion to
/// decimal takes quadratic time.
const MAX_HEX_OR_OCTAL_DIGITS: usize = 1_000;

/// Converts a hexadecimal or octal number to decimal. The number may be longer than any integer type: an unquoted
/// blockchain address has 160 bits.
fn convert_to_decimal_digits(digits: &str, radix: u32) -> String {
    // The decimal digits in reverse order, the least significant digit first.
    let mut reversed_digits = vec![0];
    for digit in digits.chars().filter_map(|c| c.to_digit(radix)) {
        let mut carry = digit;
        for place in &mut reversed_digits {
            let sum = *place * radix + carry;
            (*place, carry) = (sum % 10, sum / 10);
        }
        while carry > 0 {
            reversed_digits.push(carry % 10);
            carry /= 10;
        }
    }
    reversed_digits.iter().rev().filter_map(|digit| char::from_digit(*digit, 10)).collect()
}

/// Converts a decimal number to the syntax of JSON: `+.5` becomes `0.5`, and `007` becomes `7`. Returns `None` if the
/// text is not a decimal number.
fn to_json_number(text: &str) -> Option<String> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    if whole.is_empty() && fraction.is_none_or(str::is_empty) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        trimmed => trimmed,
    };
    let mut number = format!("{sign}{whole}");
    if let Some(fraction) = fraction {
        number.push('.');
        number.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    if let Some(exponent) = exponent {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if unsigned.is_empty() || !digits(unsigned) {
            return None;
        }
        number.push('e');
        number.push_str(exponent);
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_see_in_a_plain_scalar_is_known() {
        for (text, seen) in [
            ("no", "a boolean"),
            ("Yes", "a boolean"),
            ("ON", "a boolean"),
            ("y", "a boolean"),
            ("2026-01-31", "a date"),
            ("2026-01-31T10:00:00Z", "a date"),
            ("2026-01-31 10:00:00", "a date"),
            ("12:30:45", "a number"),
            ("1:30", "a number"),
            ("1_000", "a number"),
            ("0b11", "a number"),
            ("0123", "an octal number"),
            ("-089", "a text"),
            ("0o17", "a text"),
            ("1e3", "a text"),
        ] {
            assert_eq!(describe_yaml_1_1_type(text, false), Some(seen), "{text}");
        }
        for text in [
            "nO",
            "yEs",
            "none",
            "north",
            "1",
            "0",
            "-1",
            "1.5",
            "1.5e+3",
            "0x1F",
            "2026-1-1",
            "2026-01",
            "09:30",
            "12:75",
            "1:2:x",
            "a_b",
            "1.2.3",
            "v1",
            "true",
            "null",
            "10.0.0.1",
            "_",
            "0.5",
            "-",
            "2026-01-31-x",
        ] {
            assert_eq!(describe_yaml_1_1_type(text, false), None, "{text}");
        }
        assert_eq!(describe_yaml_1_1_type("200", true), None);
        assert_eq!(describe_yaml_1_1_type("1.10", true), Some("a number"));
        assert_eq!(describe_yaml_1_1_type("0x1F", true), Some("a number"));
    }

    #[test]
    fn plain_scalars_mean_what_yaml_1_2_says() {
        let number = |n: &str| Ok(Value::Number(n.to_owned()));
        let string = |s: &str| Ok(Value::String(s.to_owned()));
        assert_eq!(resolve_unquoted_scalar("no"), string("no"));
        assert_eq!(resolve_unquoted_scalar("on"), string("on"));
        assert_eq!(resolve_unquoted_scalar("12:30"), string("12:30"));
        assert_eq!(resolve_unquoted_scalar("1.2.3"), string("1.2.3"));
        assert_eq!(resolve_unquoted_scalar("-"), string("-"));
        assert_eq!(resolve_unquoted_scalar("."), string("."));
        assert_eq!(resolve_unquoted_scalar("1e"), string("1e"));
        assert_eq!(resolve_unquoted_scalar("2026-01-01"), string("2026-01-01"));
        assert_eq!(resolve_unquoted_scalar("~"), Ok(Value::Null));
        assert_eq!(resolve_unquoted_scalar("True"), Ok(Value::Bool(true)));
        assert_eq!(resolve_unquoted_scalar("007"), number("7"));
        assert_eq!(resolve_unquoted_scalar("+1"), number("1"));
        assert_eq!(resolve_unquoted_scalar("-.5"), number("-0.5"));
        assert_eq!(resolve_unquoted_scalar("1."), number("1.0"));
        assert_eq!(resolve_unquoted_scalar("1e3"), number("1e3"));
        assert_eq!(resolve_unquoted_scalar("0.10"), number("0.10"));
        assert_eq!(resolve_unquoted_scalar("0x1F"), number("31"));
        assert!(resolve_unquoted_scalar(".inf").is_err());
        assert_eq!(resolve_unquoted_scalar("0xFFFFFFFFFFFFFFFFFF"), number("4722366482869645213695"));
        assert_eq!(resolve_unquoted_scalar("0x0"), number("0"));
        assert_eq!(resolve_unquoted_scalar("0o17"), number("15"));
        assert!(resolve_unquoted_scalar(&format!("0x{}", "F".repeat(1_001))).is_err());
    }
}
