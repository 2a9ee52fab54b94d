//! Formatting of decimals.

use std::fmt;

use super::Decimal;

/// Writes all digits, and never an exponent. The sign, width and fill of the format are honoured. A precision is
/// ignored, because it does not define how to round; use [`round_to`](Decimal::round_to).
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        // Leading zeros are added, so that at least one digit is before the decimal point.
        let mut padded_digits = format!("{:0>width$}", self.digits, width = scale + 1);
        if scale > 0 {
            padded_digits.insert(padded_digits.len() - scale, '.');
        }
        f.pad_integral(!self.is_negative, "", &padded_digits)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
