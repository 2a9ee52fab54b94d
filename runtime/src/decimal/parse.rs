//! Parsing of decimals, at run time and at compile time.

use std::fmt;
use std::str::FromStr;

use super::{Decimal, Digits};

/// The error for a text that is not a decimal number, or has more digits than a [`Decimal`] can hold. The error does
/// not show the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseDecimalError(Reason);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    NotDecimal,
    TooManyDigits,
}

impl ParseDecimalError {
    pub(super) const NOT_DECIMAL: ParseDecimalError = ParseDecimalError(Reason::NotDecimal);
}

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Reason::NotDecimal => "not a decimal number",
            Reason::TooManyDigits => "a decimal number with more digits than fit (154)",
        })
    }
}

impl std::error::Error for ParseDecimalError {}

/// Parses digits with an optional sign, decimal point and exponent, e.g. `-1.5e3`. Spaces and separators are not
/// accepted.
impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Decimal, ParseDecimalError> {
        parse(text.as_bytes())
    }
}

impl TryFrom<&str> for Decimal {
    type Error = ParseDecimalError;

    fn try_from(text: &str) -> Result<Decimal, ParseDecimalError> {
        text.parse()
    }
}

impl TryFrom<String> for Decimal {
    type Error = ParseDecimalError;

    fn try_from(text: String) -> Result<Decimal, ParseDecimalError> {
        text.parse()
    }
}

impl Decimal {
    /// Parses the argument of [`decimal!`](crate::decimal).
    ///
    /// # Panics
    ///
    /// When the text is not a decimal. The macro calls this function at compile time, so the panic becomes a compile
    /// error.
    #[doc(hidden)]
    #[must_use]
    #[allow(clippy::panic, reason = "it is the error message of the compiler")]
    pub const fn literal(text: &str) -> Decimal {
        match parse(text.as_bytes()) {
            Ok(decimal) => decimal,
            Err(ParseDecimalError(Reason::NotDecimal)) => panic!("not a decimal number"),
            Err(ParseDecimalError(Reason::TooManyDigits)) => panic!("more digits than a decimal holds"),
        }
    }
}

/// Makes a [`Decimal`] from a literal. A literal that is not a decimal does not compile.
///
/// ```
/// use partner_runtime::{Decimal, decimal};
///
/// const LIMIT: Decimal = decimal!("499.99");
/// assert_eq!(LIMIT + decimal!("0.01"), 500);
/// ```
///
/// ```compile_fail
/// let amount = partner_runtime::decimal!("1,50");
/// ```
#[macro_export]
macro_rules! decimal {
    ($text:literal) => {
        const { $crate::Decimal::literal($text) }
    };
}

/// The limit above which an exponent is not read exactly: its remaining digits are ignored. A number with such an
/// exponent is too large or too small for a [`Decimal`] anyway, unless it is zero.
const MAX_EXACT_EXPONENT: i64 = 1_000_000;

/// The digits that were parsed so far, as one integer with the least significant limb first.
struct DigitAccumulator([u64; 8]);

impl DigitAccumulator {
    /// Appends a digit. Returns `None` if the number no longer fits into 512 bits.
    const fn push_digit(mut self, digit: u8) -> Option<DigitAccumulator> {
        let mut carry = digit as u128;
        let mut limb = 0;
        while limb < self.0.len() {
            let sum = self.0[limb] as u128 * 10 + carry;
            // The lower 64 bits of `sum` are stored in this limb (64-bit word), and the upper bits are carried into the
            // next limb.
            self.0[limb] = sum as u64;
            carry = sum >> 64;
            limb += 1;
        }
        if carry == 0 { Some(self) } else { None }
    }

    const fn is_zero(&self) -> bool {
        let mut limb = 0;
        while limb < self.0.len() {
            if self.0[limb] != 0 {
                return false;
            }
            limb += 1;
        }
        true
    }
}

/// The part of a decimal before its exponent.
struct Mantissa {
    digits: DigitAccumulator,
    /// The number of digits after the decimal point.
    scale: i64,
    /// The index at which the mantissa ends: the index of the exponent's `e`, or the length of the text if there is no
    /// exponent.
    mantissa_end: usize,
}

const fn fail_with_reason<T>(reason: Reason) -> Result<T, ParseDecimalError> {
    Err(ParseDecimalError(reason))
}

const fn parse(text: &[u8]) -> Result<Decimal, ParseDecimalError> {
    let (is_negative, start) = parse_sign(text, 0);
    let Mantissa { mut digits, scale, mantissa_end } = match parse_mantissa(text, start) {
        Ok(mantissa) => mantissa,
        Err(error) => return Err(error),
    };
    let exponent = match parse_exponent(text, mantissa_end) {
        Some(exponent) => exponent,
        None => return fail_with_reason(Reason::NotDecimal),
    };
    let mut scale = scale - exponent;
    let is_zero = digits.is_zero();
    // A positive exponent appends zeros to the digits: `12e3` becomes `12000`. Zero stays zero.
    while scale < 0 && !is_zero {
        digits = match digits.push_digit(0) {
            Some(digits) => digits,
            None => return fail_with_reason(Reason::TooManyDigits),
        };
        scale += 1;
    }
    if scale < 0 {
        scale = 0;
    }
    if scale > Decimal::MAX_SCALE as i64 {
        return fail_with_reason(Reason::TooManyDigits);
    }
    Ok(Decimal {
        digits: Digits::from_limbs(digits.0),
        scale: scale as u8,
        is_negative: is_negative && !is_zero,
    })
}

/// Parses the optional sign at `index`. Returns whether it is a minus sign, and the index after the sign. Without a
/// sign, returns false and `index`.
const fn parse_sign(text: &[u8], index: usize) -> (bool, usize) {
    match index < text.len() {
        true if text[index] == b'-' => (true, index + 1),
        true if text[index] == b'+' => (false, index + 1),
        _ => (false, index),
    }
}

const fn parse_mantissa(text: &[u8], start: usize) -> Result<Mantissa, ParseDecimalError> {
    let mut digits = DigitAccumulator([0; 8]);
    let mut scale = 0;
    let (mut has_digit, mut has_point) = (false, false);
    let mut at = start;
    while at < text.len() {
        match text[at] {
            digit @ b'0'..=b'9' => {
                digits = match digits.push_digit(digit - b'0') {
                    Some(digits) => digits,
                    None => return fail_with_reason(Reason::TooManyDigits),
                };
                has_digit = true;
                if has_point {
                    scale += 1;
                }
            }
            b'.' if !has_point => has_point = true,
            b'e' | b'E' => break,
            _ => return fail_with_reason(Reason::NotDecimal),
        }
        at += 1;
    }
    if !has_digit {
        return fail_with_reason(Reason::NotDecimal);
    }
    Ok(Mantissa { digits, scale, mantissa_end: at })
}

/// Parses the exponent of a decimal, like `e-3`. `start` is the index of the `e`. If the text ends at `start`, there is
/// no exponent, and the result is 0. Returns `None` if the text after the `e` is not an integer.
const fn parse_exponent(text: &[u8], start: usize) -> Option<i64> {
    if start == text.len() {
        return Some(0);
    }
    let (is_negative, mut at) = parse_sign(text, start + 1);
    if at == text.len() {
        return None;
    }
    let mut exponent = 0;
    while at < text.len() {
        match text[at] {
            digit @ b'0'..=b'9' if exponent <= MAX_EXACT_EXPONENT => {
                exponent = exponent * 10 + (digit - b'0') as i64
            }
            b'0'..=b'9' => {}
            _ => return None,
        }
        at += 1;
    }
    Some(if is_negative { -exponent } else { exponent })
}
