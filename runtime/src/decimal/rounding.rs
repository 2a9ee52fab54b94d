//! Operations that round: reducing the scale, and division.

use std::cmp::Ordering;

use super::{Decimal, Digits, compute_power_of_ten};

/// How a value is rounded that lies between two possible results.
///
/// | | 2.5 | 2.4 | -2.5 | 3.5 |
/// |---|---|---|---|---|
/// | `HalfEven` | 2 | 2 | -2 | 4 |
/// | `HalfUp` | 3 | 2 | -3 | 4 |
/// | `HalfDown` | 2 | 2 | -2 | 3 |
/// | `AwayFromZero` | 3 | 3 | -3 | 4 |
/// | `TowardsZero` | 2 | 2 | -2 | 3 |
/// | `Ceiling` | 3 | 3 | -2 | 4 |
/// | `Floor` | 2 | 2 | -3 | 3 |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Rounds to the nearest result. A value in the middle between two results is rounded to the result with an even
    /// last digit.
    HalfEven,
    /// Rounds to the nearest result. A value in the middle between two results is rounded away from zero.
    HalfUp,
    /// Rounds to the nearest result. A value in the middle between two results is rounded towards zero.
    HalfDown,
    /// Rounds away from zero.
    AwayFromZero,
    /// Rounds towards zero.
    TowardsZero,
    /// Rounds up, to the greater of the two possible results: -2.5 becomes -2.
    Ceiling,
    /// Rounds down, to the smaller of the two possible results: -2.5 becomes -3.
    Floor,
}

impl Rounding {
    /// Whether a truncated quotient has to be rounded away from zero. `remainder_compared_with_half` is the result of
    /// comparing the remainder of the division with half of the divisor. The remainder must not be zero.
    fn rounds_away_from_zero(
        self,
        is_negative: bool,
        is_quotient_odd: bool,
        remainder_compared_with_half: Ordering,
    ) -> bool {
        match self {
            Rounding::HalfEven => {
                remainder_compared_with_half.is_gt()
                    || (remainder_compared_with_half.is_eq() && is_quotient_odd)
            }
            Rounding::HalfUp => remainder_compared_with_half.is_ge(),
            Rounding::HalfDown => remainder_compared_with_half.is_gt(),
            Rounding::AwayFromZero => true,
            Rounding::TowardsZero => false,
            Rounding::Ceiling => !is_negative,
            Rounding::Floor => is_negative,
        }
    }
}

impl Decimal {
    /// Rounds to at most `scale` digits after the decimal point. A value with fewer digits is returned unchanged;
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
        // `rounded` is never `None`, so `unwrap_or` never returns the unrounded value: every power of ten up to the
        // largest scale fits into 512 bits, and the quotient never has more digits than the dividend.
        let rounded = compute_power_of_ten(surplus)
            .and_then(|divisor| divide_and_round(self.digits, divisor, self.is_negative, rounding));
        let scale = self.scale() - surplus;
        rounded.and_then(|digits| Decimal::from_parts(self.is_negative, digits, scale)).unwrap_or(self)
    }

    /// Returns the quotient with exactly `scale` digits after the decimal point. Returns `None` if the divisor is zero,
    /// or if the result or an intermediate value has too many digits.
    pub fn checked_div(self, divisor: impl Into<Decimal>, scale: u32, rounding: Rounding) -> Option<Decimal> {
        let divisor = divisor.into();
        let scale = Some(scale).filter(|scale| *scale <= Decimal::MAX_SCALE)?;
        let is_negative = self.is_negative != divisor.is_negative;
        // The digits are divided as integers. The scale of the resulting quotient is the scale of the dividend minus
        // the scale of the divisor. To get the requested scale, zeros are appended to the digits of the dividend or of
        // the divisor.
        let (dividend, divisor) = match (scale + divisor.scale()).checked_sub(self.scale()) {
            Some(zeros) => (self.digits.checked_mul(compute_power_of_ten(zeros)?)?, divisor.digits),
            None => {
                let zeros = self.scale() - divisor.scale() - scale;
                (self.digits, divisor.digits.checked_mul(compute_power_of_ten(zeros)?)?)
            }
        };
        Decimal::from_parts(is_negative, divide_and_round(dividend, divisor, is_negative, rounding)?, scale)
    }
}

/// Divides two absolute values, and rounds the quotient; `None` if the divisor is zero. The caller adds the sign to the
/// quotient, but also passes it as `is_negative`, because the roundings `Ceiling` and `Floor` depend on the sign.
fn divide_and_round(
    dividend: Digits,
    divisor: Digits,
    is_negative: bool,
    rounding: Rounding,
) -> Option<Digits> {
    if divisor.is_zero() {
        return None;
    }
    let (quotient, remainder) = dividend.div_rem(divisor);
    // Compares the remainder with half of the divisor. Since `2 * remainder` could overflow, the remainder is compared
    // with `divisor - remainder`, which has the same result.
    let remainder_compared_with_half = remainder.cmp(&divisor.checked_sub(remainder)?);
    let rounds_away = !remainder.is_zero()
        && rounding.rounds_away_from_zero(is_negative, quotient.bit(0), remainder_compared_with_half);
    if rounds_away { quotient.checked_add(Digits::ONE) } else { Some(quotient) }
}
