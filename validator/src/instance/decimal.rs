//! Decimal numbers of any size, which are compared exactly. Floats are not enough: they keep only 15 digits, and
//! identifiers and amounts may have more.

use std::cmp::Ordering;

use partner_spec::{Node, Value};

/// A decimal number of any size: its digits, and the power of ten by which they are multiplied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    is_negative: bool,
    /// The digits of the number, without leading and trailing zeros. The string is empty for the number zero.
    significant_digits: String,
    exponent: i64,
}

/// The largest exponent that is parsed. A larger exponent is reduced to this one, because the number exceeds every
/// realistic limit anyway.
const MAX_EXPONENT: i64 = 1 << 60;

impl Decimal {
    /// Returns the number that a keyword of a schema has as its value; `None` if the schema lacks the keyword, or the
    /// value is not a number.
    pub(crate) fn from_keyword(schema: &Node, keyword: &str) -> Option<Decimal> {
        match &schema.get(keyword)?.value {
            Value::Number(text) => Decimal::parse(text),
            _ => None,
        }
    }

    /// Parses a number in the syntax of JSON; `None` if the text is not a number.
    pub(crate) fn parse(text: &str) -> Option<Decimal> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let power = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_number(&all) || !is_number(power) {
            return None;
        }
        let power = power.parse().unwrap_or(MAX_EXPONENT).min(MAX_EXPONENT);
        let power = if exponent.starts_with('-') { -power } else { power };
        let significant = all.trim_end_matches('0');
        let significant_digits = significant.trim_start_matches('0').to_owned();
        let zeros = i64::try_from(all.len() - significant.len()).ok()?;
        let places = i64::try_from(fraction.len()).ok()?;
        Some(match significant_digits.is_empty() {
            true => Decimal { is_negative: false, significant_digits, exponent: 0 },
            false => Decimal {
                is_negative: text.starts_with('-'),
                significant_digits,
                exponent: power - places + zeros,
            },
        })
    }

    /// Whether the number is greater than zero.
    pub(crate) fn is_positive(&self) -> bool {
        !self.is_negative && !self.significant_digits.is_empty()
    }

    /// Whether the number is an integer.
    pub(crate) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// Whether the number is a multiple of `factor`. If the digits of `factor` do not fit into 64 bits, the number is
    /// not checked, and the result is true.
    pub(super) fn is_multiple_of(&self, factor: &Decimal) -> bool {
        let Ok(divisor) = factor.significant_digits.parse::<u64>().map(u128::from) else { return true };
        if self.significant_digits.is_empty() {
            return true;
        }
        // Numbers are stored without trailing zeros, so a number with more decimal places than the factor cannot be a
        // multiple of the factor.
        let Ok(mut zeros_to_append) = u64::try_from(self.exponent - factor.exponent) else { return false };
        let append = |rest: u128, digit: u8| (rest * 10 + u128::from(digit - b'0')) % divisor;
        let mut rest = self.significant_digits.bytes().fold(0, append);
        let mut power = 10 % divisor;
        while zeros_to_append > 0 && rest > 0 {
            if zeros_to_append % 2 == 1 {
                rest = rest * power % divisor;
            }
            power = power * power % divisor;
            zeros_to_append /= 2;
        }
        rest == 0
    }

    /// Returns a text that is the same for all spellings of a number, like `1.0`, `1` and `10e-1`.
    pub(super) fn to_canonical_text(&self) -> String {
        format!("{}{}e{}", if self.is_negative { "-" } else { "" }, self.significant_digits, self.exponent)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let sign = |number: &Decimal| i8::from(number.is_positive()) - i8::from(number.is_negative);
        // Of two positive numbers, the one with more digits before the decimal point is larger. If both have equally
        // many, the first digit that differs decides.
        let count_digits_before_point = |number: &Decimal| {
            number.exponent + i64::try_from(number.significant_digits.len()).unwrap_or(MAX_EXPONENT)
        };
        let magnitude = || {
            count_digits_before_point(self)
                .cmp(&count_digits_before_point(other))
                .then_with(|| self.significant_digits.cmp(&other.significant_digits))
        };
        sign(self).cmp(&sign(other)).then_with(|| match sign(self) {
            0 => Ordering::Equal,
            1 => magnitude(),
            _ => magnitude().reverse(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_in_the_order_of_their_values_however_many_digits_they_have() {
        let ascending = [
            "-1e400",
            "-9007199254740993",
            "-9007199254740992.5",
            "-1",
            "-0.1",
            "0",
            "1e-400",
            "0.1",
            "0.10000000000000000001",
            "1",
            "9.99",
            "10",
            "9007199254740992",
            "9007199254740993",
            "18446744073709551616",
            "18446744073709551617",
            "1e99999999999999999999",
        ];
        for pair in ascending.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        }
        for (a, b) in [("1", "1.0"), ("100", "1e2"), ("0", "-0.0e7"), ("0.10", "1E-1"), ("007", "7")] {
            assert_eq!(number(a), number(b));
            assert_eq!(number(a).to_canonical_text(), number(b).to_canonical_text());
        }
        for text in ["", "-", ".", "1e", "0x1", "one", "1.2.3"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn multiples_are_exact() {
        for (value, factor) in [
            ("0.3", "0.1"),
            ("19.99", "0.01"),
            ("1e300", "7e299"),
            ("0", "5"),
            ("-4.5", "1.5"),
            ("9007199254740993", "3"),
            ("123456789012345678901234567890", "10"),
            ("1e18", "0.000001"),
        ] {
            let expected = (value, factor) != ("1e300", "7e299");
            assert_eq!(number(value).is_multiple_of(&number(factor)), expected, "{value} {factor}");
        }
        for (value, factor) in [("0.35", "0.1"), ("9007199254740994", "3"), ("1e-400", "1"), ("10", "3")] {
            assert!(!number(value).is_multiple_of(&number(factor)), "{value} {factor}");
        }
    }
}
