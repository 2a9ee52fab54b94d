//! Exact arithmetic: sums, differences and products.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use super::Decimal;

impl Decimal {
    /// Returns the exact sum; `None` if it does not fit into a decimal.
    pub fn checked_add(self, other: impl Into<Decimal>) -> Option<Decimal> {
        let other = other.into();
        let scale = self.scale().max(other.scale());
        let (digits, others) = (self.to_digits_at_scale(scale)?, other.to_digits_at_scale(scale)?);
        let (is_negative, digits) = match (self.is_negative == other.is_negative, digits >= others) {
            (true, _) => (self.is_negative, digits.checked_add(others)?),
            (false, true) => (self.is_negative, digits.checked_sub(others)?),
            (false, false) => (other.is_negative, others.checked_sub(digits)?),
        };
        Decimal::from_parts(is_negative, digits, scale)
    }

    /// Returns the exact difference; `None` if it does not fit into a decimal.
    pub fn checked_sub(self, other: impl Into<Decimal>) -> Option<Decimal> {
        self.checked_add(-other.into())
    }

    /// Returns the exact product, whose scale is the sum of both scales; `None` if it does not fit into a decimal.
    pub fn checked_mul(self, other: impl Into<Decimal>) -> Option<Decimal> {
        let other = other.into();
        let digits = self.digits.checked_mul(other.digits)?;
        Decimal::from_parts(self.is_negative != other.is_negative, digits, self.scale() + other.scale())
    }
}

impl Neg for Decimal {
    type Output = Decimal;

    fn neg(self) -> Decimal {
        Decimal { is_negative: !self.is_negative && !self.is_zero(), ..self }
    }
}

impl Neg for &Decimal {
    type Output = Decimal;

    fn neg(self) -> Decimal {
        -*self
    }
}

macro_rules! operators {
    ($($operator:ident $function:ident, $assigning:ident $assign:ident: $checked:ident;)*) => {$(
        /// Computes the exact result of the operator.
        ///
        /// # Panics
        ///
        /// When the result does not fit into a decimal. No amount of money is that large (see [`Decimal`]), and a wrong
        /// amount would be worse than a panic.
        impl<R: Into<Decimal>> $operator<R> for Decimal {
            type Output = Decimal;

            #[track_caller]
            fn $function(self, other: R) -> Decimal {
                fitting(self.$checked(other))
            }
        }

        impl<R: Into<Decimal>> $operator<R> for &Decimal {
            type Output = Decimal;

            #[track_caller]
            fn $function(self, other: R) -> Decimal {
                fitting(self.$checked(other))
            }
        }

        impl<R: Into<Decimal>> $assigning<R> for Decimal {
            #[track_caller]
            fn $assign(&mut self, other: R) {
                *self = fitting(self.$checked(other));
            }
        }
    )*};
}

operators! {
    Add add, AddAssign add_assign: checked_add;
    Sub sub, SubAssign sub_assign: checked_sub;
    Mul mul, MulAssign mul_assign: checked_mul;
}

#[track_caller]
#[allow(clippy::panic, reason = "documented at the operators, which cannot return an error")]
fn fitting(result: Option<Decimal>) -> Decimal {
    match result {
        Some(result) => result,
        None => panic!("the result has more digits than a decimal holds"),
    }
}

impl<R: Into<Decimal>> Sum<R> for Decimal {
    fn sum<I: Iterator<Item = R>>(items: I) -> Decimal {
        items.fold(Decimal::ZERO, |sum, item| sum + item)
    }
}
