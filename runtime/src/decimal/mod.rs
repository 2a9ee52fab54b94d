//! Decimals for money and rates, which keep every digit that was sent.
//!
//! - `parse`: parsing of text, at run time and at compile time
//! - `format`: formatting
//! - `convert`: conversions from and to integers and other types
//! - `compare`: equality, order and hash, by value
//! - `arithmetic`: exact operations (sum, difference, product)
//! - `rounding`: operations that round (quotient, smaller scale)
//! - `json`: conversions from and to [`Json`](crate::Json)
//! - `wire`: serde, and the two forms that a decimal has in JSON

mod arithmetic;
mod compare;
mod convert;
mod format;
mod json;
mod parse;
mod rounding;
mod wire;

#[cfg(test)]
mod tests;

pub use convert::DecimalConversionError;
pub use parse::ParseDecimalError;
pub use rounding::Rounding;

/// The digits of a decimal, as one integer of 512 bits. Only this module and its submodules use the crate `ruint`.
type Digits = ruint::Uint<512, 8>;

/// An exact decimal number, for amounts of money and for rates. It consists of digits and a scale (the number of digits
/// after the decimal point), and is never a float.
///
/// ```
/// use partner_runtime::{Decimal, Rounding, decimal};
///
/// let amount: Decimal = "99.024390".parse()?;
/// let rate = decimal!("1530.12");
/// let fiat = amount * rate - 25;
/// assert_eq!(fiat.to_string(), "151494.19962680");
/// assert_eq!(fiat.round_to(2, Rounding::HalfEven), decimal!("151494.20"));
/// assert_eq!(fiat.checked_div(rate, 6, Rounding::TowardsZero), Some(decimal!("99.008051")));
/// assert!(fiat > 0 && amount < fiat);
/// # Ok::<(), partner_runtime::ParseDecimalError>(())
/// ```
///
/// # Range
///
/// The digits have 512 bits. So every number of up to 154 digits fits, with up to [`MAX_SCALE`](Self::MAX_SCALE) of
/// them after the decimal point: any 256-bit integer with 18 decimals, and the product of any two 256-bit integers. A
/// number that does not fit, like `1e1000000000`, is refused and never rounded.
///
/// A decimal retains its scale, so `"0.000000"` is written as it was read. The scale is not part of the value:
/// `0.000000` equals `0`, and both have the same hash. A zero has no sign.
///
/// # Arithmetic
///
/// `+`, `-` and `*` are exact, and take decimals, references to them, and integers. They panic when the result does not
/// fit, which cannot happen with amounts of up to 77 digits. [`checked_add`](Self::checked_add),
/// [`checked_sub`](Self::checked_sub) and [`checked_mul`](Self::checked_mul) do not panic. There is no `/`, because a
/// quotient has to be rounded: [`checked_div`](Self::checked_div) and [`round_to`](Self::round_to) take the scale and
/// the kind of rounding.
///
/// # JSON
///
/// Both strings and numbers are read, digit by digit. A decimal is written as a string, or as a number if the field of
/// its model is documented as a number. So `serde_json::to_string(&model)` writes what the API expects.
/// [`Json::number_from_decimal`](crate::Json::number_from_decimal) makes a JSON number.
///
/// **In a [`serde_json::Value`] every decimal is a string**, whatever its field: in `serde_json::to_value(&model)` and
/// in `json!({ "order": model })`. `Value` has only floats, so a number would lose digits. The model can be read back
/// from such a `Value` without loss. [`Json::from_serialize`](crate::Json::from_serialize) keeps numbers as numbers.
///
/// Two losses cannot be prevented. JSON text that is parsed as a `Value` has lost digits before a model is read from
/// it, so read models, or [`Json`](crate::Json), from the text. And serializers that build a value are recognized by
/// what they return. One that returns nothing and still builds a value (`erased_serde` over `Value`, or some for YAML
/// or TOML) gets the number as JSON text in the form that `serde_json` uses, and may make a float or a map of it.
/// Convert the model into a `Value` or [`Json`](crate::Json) first.
///
/// ```
/// use partner_runtime::{Decimal, serde_json};
///
/// let text = "0.12345678901234567890";
/// let read: Decimal = serde_json::from_str(text)?;
/// assert_eq!(read.to_string(), text);
///
/// let value: serde_json::Value = serde_json::from_str(text)?;
/// let too_late: Decimal = serde_json::from_value(value)?;
/// assert_eq!(too_late.to_string(), "0.12345678901234568");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Decimal {
    digits: Digits,
    /// The number of digits after the decimal point, at most [`MAX_SCALE`](Decimal::MAX_SCALE).
    scale: u8,
    /// Whether the value is negative. Always false for zero.
    is_negative: bool,
}

impl Decimal {
    /// `0`
    pub const ZERO: Decimal = Decimal { digits: Digits::ZERO, scale: 0, is_negative: false };

    /// `1`
    pub const ONE: Decimal = Decimal { digits: Digits::ONE, scale: 0, is_negative: false };

    /// The maximum number of digits after the decimal point.
    pub const MAX_SCALE: u32 = 154;

    /// Makes a decimal from its sign, digits and scale. Returns `None` if the scale is larger than `MAX_SCALE`.
    fn from_parts(is_negative: bool, digits: Digits, scale: u32) -> Option<Decimal> {
        let scale = u8::try_from(scale).ok().filter(|scale| u32::from(*scale) <= Self::MAX_SCALE)?;
        Some(Decimal { digits, scale, is_negative: is_negative && !digits.is_zero() })
    }

    /// Returns the number of digits after the decimal point, including trailing zeros.
    pub fn scale(self) -> u32 {
        self.scale.into()
    }

    /// Whether the value is zero.
    pub fn is_zero(self) -> bool {
        self.digits.is_zero()
    }

    /// Whether the value is less than zero.
    pub fn is_negative(self) -> bool {
        self.is_negative
    }

    /// Whether the value is greater than zero.
    pub fn is_positive(self) -> bool {
        !self.is_negative && !self.is_zero()
    }

    /// Whether the value is an integer, like `3` or `3.00`.
    pub fn is_integer(self) -> bool {
        self.normalized().scale == 0
    }

    /// Returns the absolute value.
    #[must_use]
    pub fn abs(self) -> Decimal {
        Decimal { is_negative: false, ..self }
    }

    /// Returns the same value with the smallest scale: `1.500` becomes `1.5`, and `100` stays `100`.
    #[must_use]
    pub fn normalized(self) -> Decimal {
        let mut shortest = self;
        while shortest.scale > 0 {
            let (digits, last) = shortest.digits.div_rem(ten());
            if !last.is_zero() {
                break;
            }
            shortest = Decimal { digits, scale: shortest.scale - 1, ..shortest };
        }
        shortest
    }

    /// Returns the same value with `scale` digits after the decimal point: with scale 6, `25` becomes `25.000000`.
    /// Returns `None` if a digit other than zero would be lost, or if the result has too many digits. To drop digits,
    /// use [`round_to`](Self::round_to).
    pub fn with_scale(self, scale: u32) -> Option<Decimal> {
        match self.scale() <= scale {
            true => Decimal::from_parts(self.is_negative, self.to_digits_at_scale(scale)?, scale),
            false => self
                .normalized()
                .to_digits_at_scale(scale)
                .and_then(|d| Decimal::from_parts(self.is_negative, d, scale)),
        }
    }

    /// Moves the decimal point to the right by `places` digits, or to the left if `places` is negative. For a token
    /// with 6 decimals, `move_decimal_point(6)` converts an amount into base units, and `move_decimal_point(-6)`
    /// converts base units into an amount. Returns `None` if the result has too many digits.
    ///
    /// ```
    /// use partner_runtime::{Decimal, decimal};
    ///
    /// let base_units = decimal!("0.010100").move_decimal_point(6);
    /// assert_eq!(base_units, Some(Decimal::from(10_100)));
    /// assert_eq!(Decimal::from(10_100).move_decimal_point(-6).unwrap().to_string(), "0.010100");
    /// ```
    pub fn move_decimal_point(self, places: i32) -> Option<Decimal> {
        let scale = i64::from(self.scale) - i64::from(places);
        match u32::try_from(scale) {
            Ok(scale) => Decimal::from_parts(self.is_negative, self.digits, scale),
            Err(_) => {
                let zeros = u32::try_from(scale.unsigned_abs()).ok()?;
                Decimal::from_parts(
                    self.is_negative,
                    self.digits.checked_mul(compute_power_of_ten(zeros)?)?,
                    0,
                )
            }
        }
    }

    /// Returns the digits of the value with `scale` digits after the decimal point, e.g. `1500` for `1.5` with scale 3.
    /// Returns `None` if the value has more than `scale` digits after the decimal point, or if the result does not fit
    /// into 512 bits.
    fn to_digits_at_scale(self, scale: u32) -> Option<Digits> {
        let zeros = scale.checked_sub(self.scale())?;
        self.digits.checked_mul(compute_power_of_ten(zeros)?)
    }
}

/// `0`
impl Default for Decimal {
    fn default() -> Decimal {
        Decimal::ZERO
    }
}

fn ten() -> Digits {
    Digits::from_limbs([10, 0, 0, 0, 0, 0, 0, 0])
}

/// Returns ten to the power of `exponent`; `None` if the result does not fit into 512 bits. The largest exponent that
/// fits is `MAX_SCALE`.
fn compute_power_of_ten(exponent: u32) -> Option<Digits> {
    ten().checked_pow(Digits::from_limbs([exponent.into(), 0, 0, 0, 0, 0, 0, 0]))
}
