//! What may not be exact: fewer decimals, and quotients.

use std::cmp::Ordering;

use super::{Decimal, Digits, power_of_ten};

/// How a value between two results becomes one of them.
///
/// | | 2.5 | 2.4 | -2.5 | 3.5 |
/// |---|---|---|---|---|
/// | `HalfEven` | 2 | 2 | -2 | 4 |
/// | `HalfUp` | 3 | 2 | -3 | 4 |
/// | `HalfDown` | 2 | 2 | -2 | 3 |
/// | `Up` | 3 | 3 | -3 | 4 |
/// | `Down` | 2 | 2 | -2 | 3 |
/// | `Ceiling` | 3 | 3 | -2 | 4 |
/// | `Floor` | 2 | 2 | -3 | 3 |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// To the nearest one, and from the middle to the one whose last digit is even.
    HalfEven,
    /// To the nearest one, and from the middle away from zero.
    HalfUp,
    /// To the nearest one, and from the middle towards zero.
    HalfDown,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// To the greater one.
    Ceiling,
    /// To the lesser one.
    Floor,
}

impl Rounding {
    /// Whether the magnitude of a result goes up, that is between this one and the next. `half` is how what is left
    /// compares to the middle.
    fn goes_up(self, negative: bool, odd: bool, half: Ordering) -> bool {
        match self {
            Rounding::HalfEven => half.is_gt() || (half.is_eq() && odd),
            Rounding::HalfUp => half.is_ge(),
            Rounding::HalfDown => half.is_gt(),
            Rounding::Up => true,
            Rounding::Down => false,
            Rounding::Ceiling => !negative,
            Rounding::Floor => negative,
        }
    }
}

impl Decimal {
    /// With at most so many digits behind the point. What has no more of them stays as it is;
    /// [`with_scale`](Self::with_scale) adds zeros.
    ///
    /// ```
    /// use partner_runtime::{Rounding, decimal};
    ///
    /// let rounded = decimal!("2.345").round_to(2, Rounding::HalfUp);
    /// assert_eq!(rounded.to_string(), "2.35");
    /// assert_eq!(rounded.round_to(6, Rounding::HalfUp).to_string(), "2.35");
    /// ```
    #[must_use]
    pub fn round_to(self, scale: u32, rounding: Rounding) -> Decimal {
        let surplus = self.scale().saturating_sub(scale);
        // A power of ten up to the largest scale fits, and a quotient is never longer than what was divided.
        let rounded =
            power_of_ten(surplus).and_then(|divisor| divide(self.digits, divisor, self.negative, rounding));
        let scale = self.scale() - surplus;
        rounded.and_then(|digits| Decimal::checked(self.negative, digits, scale)).unwrap_or(self)
    }

    /// The quotient with exactly so many digits behind the point. Nothing when the divisor is zero, and when the
    /// result, or a step on the way to it, does not fit.
    pub fn checked_div(self, divisor: impl Into<Decimal>, scale: u32, rounding: Rounding) -> Option<Decimal> {
        let divisor = divisor.into();
        let scale = Some(scale).filter(|scale| *scale <= Decimal::MAX_SCALE)?;
        let negative = self.negative != divisor.negative;
        // Digits are divided by digits, so the decimals of the quotient are those of the dividend less those of the
        // divisor. The side that has too few for the requested scale gets zeros.
        let (dividend, divisor) = match (scale + divisor.scale()).checked_sub(self.scale()) {
            Some(zeros) => (self.digits.checked_mul(power_of_ten(zeros)?)?, divisor.digits),
            None => {
                let zeros = self.scale() - divisor.scale() - scale;
                (self.digits, divisor.digits.checked_mul(power_of_ten(zeros)?)?)
            }
        };
        Decimal::checked(negative, divide(dividend, divisor, negative, rounding)?, scale)
    }
}

/// The rounded quotient of two magnitudes, of which the result is negative or not.
fn divide(dividend: Digits, divisor: Digits, negative: bool, rounding: Rounding) -> Option<Digits> {
    if divisor.is_zero() {
        return None;
    }
    let (quotient, rest) = dividend.div_rem(divisor);
    // The rest is less than the divisor. Doubling it could overflow, so the other half is taken off instead.
    let half = rest.cmp(&divisor.checked_sub(rest)?);
    let up = !rest.is_zero() && rounding.goes_up(negative, quotient.bit(0), half);
    if up { quotient.checked_add(Digits::ONE) } else { Some(quotient) }
}
