//! Converts [`Decimal`] from and to integers and the decimals of the crate `rust_decimal`. There is no conversion from
//! floats, because a float may not have exactly the intended digits.

use std::fmt;

use super::{Decimal, Digits};

/// The error for a decimal that another type cannot hold exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecimalConversionError;

impl fmt::Display for DecimalConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the type does not hold this decimal exactly")
    }
}

impl std::error::Error for DecimalConversionError {}

impl From<&Decimal> for Decimal {
    fn from(decimal: &Decimal) -> Decimal {
        *decimal
    }
}

fn magnitude(value: u128) -> Digits {
    // The value is split into two 64-bit limbs, the less significant limb first.
    Digits::from_limbs([value as u64, (value >> 64) as u64, 0, 0, 0, 0, 0, 0])
}

impl From<u128> for Decimal {
    fn from(integer: u128) -> Decimal {
        Decimal { digits: magnitude(integer), ..Decimal::ZERO }
    }
}

impl From<i128> for Decimal {
    fn from(integer: i128) -> Decimal {
        Decimal { digits: magnitude(integer.unsigned_abs()), is_negative: integer < 0, ..Decimal::ZERO }
    }
}

impl TryFrom<Decimal> for u128 {
    type Error = DecimalConversionError;

    fn try_from(decimal: Decimal) -> Result<u128, DecimalConversionError> {
        let Decimal { digits, scale: 0, is_negative: false } = decimal.normalized() else {
            return Err(DecimalConversionError);
        };
        u128::try_from(digits).map_err(|_| DecimalConversionError)
    }
}

impl TryFrom<Decimal> for i128 {
    type Error = DecimalConversionError;

    fn try_from(decimal: Decimal) -> Result<i128, DecimalConversionError> {
        let magnitude = u128::try_from(decimal.abs())?;
        let integer = match decimal.is_negative {
            true => 0_i128.checked_sub_unsigned(magnitude),
            false => 0_i128.checked_add_unsigned(magnitude),
        };
        integer.ok_or(DecimalConversionError)
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Decimal {
            fn from(integer: $integer) -> Decimal {
                i128::from(integer).into()
            }
        }

        /// Converts a decimal that is a whole number and fits into the integer type. Zeros after the decimal point are
        /// allowed. For other decimals, the result is an error.
        impl TryFrom<Decimal> for $integer {
            type Error = DecimalConversionError;

            fn try_from(decimal: Decimal) -> Result<$integer, DecimalConversionError> {
                i128::try_from(decimal)?.try_into().map_err(|_| DecimalConversionError)
            }
        }
    )*};
}

integers!(i32 u32 i64 u64);

#[cfg(feature = "rust_decimal")]
impl From<rust_decimal::Decimal> for Decimal {
    fn from(decimal: rust_decimal::Decimal) -> Decimal {
        let integer = Decimal::from(decimal.mantissa());
        // A `rust_decimal` has at most 28 digits after the decimal point, which `Decimal` supports. So `from_parts`
        // never fails, and the default of `unwrap_or` is never used.
        Decimal::from_parts(integer.is_negative, integer.digits, decimal.scale()).unwrap_or(integer)
    }
}

/// Converts a decimal that `rust_decimal` can hold: one with up to 96 bits of digits, and up to 28 digits after the
/// decimal point.
#[cfg(feature = "rust_decimal")]
impl TryFrom<Decimal> for rust_decimal::Decimal {
    type Error = DecimalConversionError;

    fn try_from(decimal: Decimal) -> Result<rust_decimal::Decimal, DecimalConversionError> {
        let exact = |decimal: Decimal| {
            let digits = i128::try_from(Decimal { scale: 0, ..decimal }).ok()?;
            rust_decimal::Decimal::try_from_i128_with_scale(digits, decimal.scale()).ok()
        };
        exact(decimal).or_else(|| exact(decimal.normalized())).ok_or(DecimalConversionError)
    }
}
