//! Decimals: money and rates, with every digit that was sent.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A decimal that the API writes as a string, like `"151519.20"`.
///
/// Derefs to [`rust_decimal::Decimal`], and is made from one: `amount.into()`. The scale is kept, so `"0.000000"`
/// comes back as it came, and equals `0`. A JSON number is read as well, never through a float.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(rust_decimal::Decimal);

/// A decimal that the API writes as a JSON number, like `1.5`.
///
/// Derefs to [`rust_decimal::Decimal`], and is made from one: `rate.into()`. A string is read as well. Neither
/// direction goes through a float.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DecimalNumber(rust_decimal::Decimal);

/// A text that is no decimal, or one with more digits than fit (28).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseDecimalError(());

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number of at most 28 digits")
    }
}

impl std::error::Error for ParseDecimalError {}

fn parse(text: &str) -> Result<rust_decimal::Decimal, ParseDecimalError> {
    // Rounding an amount is not reading it.
    let exact = |text: &str| rust_decimal::Decimal::from_str_exact(text).map_err(|_| ParseDecimalError(()));
    match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => exact(&shift(digits, exponent).ok_or(ParseDecimalError(()))?),
        // Between digits, an underscore is Rust's and nobody else's.
        None if text.contains('_') => Err(ParseDecimalError(())),
        None => exact(text),
    }
}

/// The digits with the point moved, so that no exponent is left. Every digit stays, which is more than
/// `rust_decimal::Decimal::from_scientific` does: that rounds the digits first.
fn shift(digits: &str, exponent: &str) -> Option<String> {
    /// More than any decimal has, so that an exponent cannot ask for a text of any length.
    const MOST: i32 = 64;
    let by = exponent.parse::<i32>().ok().filter(|by| by.abs() <= MOST)?;
    let (sign, digits) = digits.split_at(usize::from(digits.starts_with(['-', '+'])));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()? + by;
    // Zeros for the point to pass, so that one digit always stays in front of it.
    let zeros = (1 - point).max(0);
    let padded = format!("{}{all}", "0".repeat(usize::try_from(zeros).ok()?));
    let point = usize::try_from(point + zeros).ok()?;
    Some(match padded.split_at_checked(point) {
        Some((whole, "")) => format!("{sign}{whole}"),
        Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{padded:0<point$}"),
    })
}

/// Reads a decimal from a JSON string or number, digit for digit.
fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<rust_decimal::Decimal, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let text = raw.get();
    let parsed = match text.starts_with('"') {
        true => serde_json::from_str::<String>(text).ok().map(|text| parse(&text)),
        false => Some(parse(text)),
    };
    match parsed {
        Some(Ok(decimal)) => Ok(decimal),
        _ => {
            crate::json::note_misfit(text, &ParseDecimalError(()));
            Err(serde::de::Error::custom(ParseDecimalError(())))
        }
    }
}

macro_rules! decimal {
    ($name:ident) => {
        impl Deref for $name {
            type Target = rust_decimal::Decimal;

            fn deref(&self) -> &rust_decimal::Decimal {
                &self.0
            }
        }

        impl From<rust_decimal::Decimal> for $name {
            fn from(decimal: rust_decimal::Decimal) -> Self {
                Self(decimal)
            }
        }

        impl From<$name> for rust_decimal::Decimal {
            fn from(decimal: $name) -> Self {
                decimal.0
            }
        }

        impl From<i64> for $name {
            fn from(whole: i64) -> Self {
                Self(whole.into())
            }
        }

        impl FromStr for $name {
            type Err = ParseDecimalError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read(deserializer).map(Self)
            }
        }
    };
}

decimal!(Decimal);
decimal!(DecimalNumber);

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for DecimalNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.to_string()).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back<T: Serialize + for<'de> Deserialize<'de>>(json: &str) -> String {
        serde_json::to_string(&serde_json::from_str::<T>(json).unwrap()).unwrap()
    }

    #[test]
    fn no_digit_is_lost_in_either_direction() {
        for text in ["0.000000", "151519.20", "-1", "0.1", "7922816251426433759354395033.5"] {
            assert_eq!(back::<Decimal>(&format!("\"{text}\"")), format!("\"{text}\""));
            assert_eq!(back::<DecimalNumber>(text), text);
        }
        // Neither of these is a float's value.
        assert_eq!(back::<DecimalNumber>("0.1234567890123456789012345"), "0.1234567890123456789012345");
        assert_eq!(back::<DecimalNumber>("9007199254740993"), "9007199254740993");
    }

    #[test]
    fn both_forms_are_read_and_each_type_writes_its_own() {
        assert_eq!(back::<Decimal>("0.84"), "\"0.84\"");
        assert_eq!(back::<DecimalNumber>("\"0.84\""), "0.84");
    }

    #[test]
    fn an_exponent_moves_the_point_and_no_digit_is_rounded() {
        for (text, plain) in [
            ("1e-7", "0.0000001"),
            ("1E+3", "1000"),
            ("1.50e1", "15.0"),
            ("1.50e5", "150000"),
            ("-2.5e-3", "-0.0025"),
            ("0e-2", "0.00"),
            ("0.00000000000000000000000000001e5", "0.000000000000000000000001"),
            ("79228162514264337593543950335e-3", "79228162514264337593543950.335"),
        ] {
            assert_eq!(back::<DecimalNumber>(text), plain, "{text}");
        }
        for text in ["1.2345678901234567890123456789012345e1", "1e29", "1e-29", "1e999999999"] {
            assert!(text.parse::<Decimal>().is_err(), "{text} must not be rounded");
        }
    }

    #[test]
    fn half_a_decimal_is_none() {
        for text in
            ["", ".", "-", "e5", "1e", "1e+", "1.2.3e1", "1.-2e1", "--1e2", "1_000", "1_0e1", " 1", "1e1.5"]
        {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn scale_is_text_and_value_is_number() {
        let zero: Decimal = "0.000000".parse().unwrap();
        assert_eq!(zero, Decimal::from(0));
        assert_eq!(zero.to_string(), "0.000000");
    }

    #[test]
    fn what_does_not_fit_is_refused_and_not_quoted() {
        for json in ["\"4111111111111111x\"", "\"\"", "true", "{}", "\"1,5\"", "1e400"] {
            let error = serde_json::from_str::<Decimal>(json).unwrap_err().to_string();
            assert!(error.contains("not a decimal number") && !error.contains("4111"), "{json}: {error}");
        }
        assert!("0.12345678901234567890123456789012345".parse::<Decimal>().is_err(), "must not be rounded");
    }
}
