//! To text.

use std::fmt;

use super::Decimal;

/// All digits, never an exponent. Sign, width and fill of the format are honoured; a precision is not, because it would
/// round without saying how: [`round_to`](Decimal::round_to) does.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        // At least one digit stays in front of the point.
        let mut text = format!("{:0>width$}", self.digits, width = scale + 1);
        if scale > 0 {
            text.insert(text.len() - scale, '.');
        }
        f.pad_integral(!self.negative, "", &text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
