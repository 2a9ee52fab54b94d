//! What a plain YAML scalar means: the core schema of YAML 1.2, which is JSON's.

use crate::Value;

/// The value of a scalar written without quotes. What is neither null, boolean nor number is a string, so `no`,
/// `on` and `12:30` are strings, as in every YAML 1.2 reader. `Err` for numbers that JSON does not have.
pub(crate) fn resolve_plain(text: &str) -> Result<Value, &'static str> {
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
            return match u64::from_str_radix(digits, radix) {
                Ok(number) => Ok(Value::Number(number.to_string())),
                Err(_) => Err("this number is too large; write it in decimal or as a string"),
            };
        }
    }
    Ok(json_number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number))
}

/// The same number as JSON writes it: no plus sign, no leading zeros, digits on both sides of the point.
fn json_number(text: &str) -> Option<String> {
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
    fn plain_scalars_mean_what_yaml_1_2_says() {
        let number = |n: &str| Ok(Value::Number(n.to_owned()));
        let string = |s: &str| Ok(Value::String(s.to_owned()));
        assert_eq!(resolve_plain("no"), string("no"));
        assert_eq!(resolve_plain("on"), string("on"));
        assert_eq!(resolve_plain("12:30"), string("12:30"));
        assert_eq!(resolve_plain("1.2.3"), string("1.2.3"));
        assert_eq!(resolve_plain("-"), string("-"));
        assert_eq!(resolve_plain("."), string("."));
        assert_eq!(resolve_plain("1e"), string("1e"));
        assert_eq!(resolve_plain("2026-01-01"), string("2026-01-01"));
        assert_eq!(resolve_plain("~"), Ok(Value::Null));
        assert_eq!(resolve_plain("True"), Ok(Value::Bool(true)));
        assert_eq!(resolve_plain("007"), number("7"));
        assert_eq!(resolve_plain("+1"), number("1"));
        assert_eq!(resolve_plain("-.5"), number("-0.5"));
        assert_eq!(resolve_plain("1."), number("1.0"));
        assert_eq!(resolve_plain("1e3"), number("1e3"));
        assert_eq!(resolve_plain("0.10"), number("0.10"));
        assert_eq!(resolve_plain("0x1F"), number("31"));
        assert!(resolve_plain(".inf").is_err());
        assert!(resolve_plain("0xFFFFFFFFFFFFFFFFFF").is_err());
    }
}
