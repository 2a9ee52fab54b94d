//! Decimals: money and rates, with every digit that was sent.
//!
//! - `parse`: from text, at run time and at compile time
//! - `text`: to text
//! - `convert`: from and to integers and other types
//! - `compare`: equality, order and hash, by value
//! - `arithmetic`: what is exact (sum, difference, product)
//! - `rounding`: what may not be exact (quotient, fewer decimals)
//! - `json`: from and to [`Json`](crate::Json)
//! - `wire`: serde, and the two forms that a decimal has in JSON

mod arithmetic;
mod compare;
mod convert;
mod json;
mod parse;
mod rounding;
mod text;
mod wire;

#[cfg(test)]
mod tests;

pub use convert::DecimalRangeError;
pub use parse::ParseDecimalError;
pub use rounding::Rounding;

/// The digits of a decimal as one integer. Only this module and its children see the library behind it.
type Digits = ruint::Uint<512, 8>;

/// An amount of money or a rate: digits, and how many of them are behind the point. Never a float.
///
/// ```
/// use partner_runtime::{Decimal, Rounding, decimal};
///
/// let amount: Decimal = "99.024390".parse()?;
/// let rate = decimal!("1530.12");
/// let fiat = amount * rate - 25;
/// assert_eq!(fiat.to_string(), "151494.19962680");
/// assert_eq!(fiat.round_to(2, Rounding::HalfEven), decimal!("151494.20"));
/// assert_eq!(fiat.checked_div(rate, 6, Rounding::Down), Some(decimal!("99.008051")));
/// assert!(fiat > 0 && amount < fiat);
/// # Ok::<(), partner_runtime::ParseDecimalError>(())
/// ```
///
/// # What it holds
///
/// 512 bits of digits: every number of up to 154 digits, with up to [`MAX_SCALE`](Self::MAX_SCALE) of them behind the
/// point. That is any 256-bit integer with 18 decimals, and the product of any two 256-bit integers. What does not fit
/// is refused, and never rounded; so is `1e1000000000`.
///
/// The scale is kept: `"0.000000"` comes back as it came. It is no part of the value: `0.000000` equals `0`, and both
/// have the same hash. A zero has no sign.
///
/// # Arithmetic
///
/// `+`, `-` and `*` are exact, and take decimals, references to them, and integers. They panic when the result does not
/// fit, which no two amounts of 77 digits can bring about; [`checked_add`](Self::checked_add),
/// [`checked_sub`](Self::checked_sub) and [`checked_mul`](Self::checked_mul) do not. There is no `/`:
/// [`checked_div`](Self::checked_div) and [`round_to`](Self::round_to) take the number of decimals, and
/// how to round.
///
/// # JSON
///
/// Strings and numbers are both read, digit by digit. A decimal is written as a string, and as a number where the
/// documents have a number: that is up to the field of the model, so `serde_json::to_string(&model)` writes what the API
/// writes. [`Json::number`](crate::Json::number) writes a number by hand.
///
/// **In a [`serde_json::Value`] every decimal is a string**, whatever the field: in `serde_json::to_value(&model)` and
/// in `json!({ "order": model })`. `Value` has floats and no decimals, so a number would lose digits. Reading the model
/// back from that `Value` gives the same decimals. [`Json::from_serialize`](crate::Json::from_serialize) keeps the numbers as numbers.
///
/// What cannot be prevented: JSON text that is parsed as a `Value` has lost digits before any model is read from it. So
/// read models, or [`Json`](crate::Json), from the text. And a serializer is taken for one that builds a value by what
/// it returns: one that returns nothing and builds a value all the same (`erased_serde` over that of `Value`, or one of
/// YAML or TOML) is given the number as JSON text, in the form in which `serde_json` passes it, and may make a float or
/// a map of it. Turn the model into a `Value` or [`Json`](crate::Json) first.
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
    /// At most `MAX_SCALE`.
    scale: u8,
    /// Never set for a zero.
    negative: bool,
}

impl Decimal {
    /// `0`
    pub const ZERO: Decimal = Decimal { digits: Digits::ZERO, scale: 0, negative: false };

    /// `1`
    pub const ONE: Decimal = Decimal { digits: Digits::ONE, scale: 0, negative: false };

    /// The most digits that there may be behind the point.
    pub const MAX_SCALE: u32 = 154;

    /// The decimal of its parts, unless the scale is too large.
    fn checked(negative: bool, digits: Digits, scale: u32) -> Option<Decimal> {
        let scale = u8::try_from(scale).ok().filter(|scale| u32::from(*scale) <= Self::MAX_SCALE)?;
        Some(Decimal { digits, scale, negative: negative && !digits.is_zero() })
    }

    /// How many digits are behind the point, zeros included.
    pub fn scale(self) -> u32 {
        self.scale.into()
    }

    /// Whether it is zero, of whatever scale.
    pub fn is_zero(self) -> bool {
        self.digits.is_zero()
    }

    /// Whether it is less than zero.
    pub fn is_negative(self) -> bool {
        self.negative
    }

    /// Whether it is greater than zero.
    pub fn is_positive(self) -> bool {
        !self.negative && !self.is_zero()
    }

    /// Whether nothing but zeros is behind the point.
    pub fn is_integer(self) -> bool {
        self.normalized().scale == 0
    }

    /// The amount without its sign.
    #[must_use]
    pub fn abs(self) -> Decimal {
        Decimal { negative: false, ..self }
    }

    /// The same value with the fewest digits: without zeros at the end of its decimals. `1.500` is `1.5`, and `100`
    /// stays `100`.
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

    /// The same value with so many digits behind the point: `25` of scale 6 is `25.000000`. Nothing when a digit other
    /// than zero would be lost, for which there is [`round_to`](Self::round_to), and when the result does not fit.
    pub fn with_scale(self, scale: u32) -> Option<Decimal> {
        match self.scale() <= scale {
            true => Decimal::checked(self.negative, self.digits_at(scale)?, scale),
            false => {
                self.normalized().digits_at(scale).and_then(|d| Decimal::checked(self.negative, d, scale))
            }
        }
    }

    /// With the point moved to the right by so many digits, or to the left for a negative number: from a token to its
    /// base units by the token's decimals, and back by their negative. Nothing when the result does not fit.
    ///
    /// ```
    /// use partner_runtime::{Decimal, decimal};
    ///
    /// let base_units = decimal!("0.010100").move_point(6);
    /// assert_eq!(base_units, Some(Decimal::from(10_100)));
    /// assert_eq!(Decimal::from(10_100).move_point(-6).unwrap().to_string(), "0.010100");
    /// ```
    pub fn move_point(self, places: i32) -> Option<Decimal> {
        let scale = i64::from(self.scale) - i64::from(places);
        match u32::try_from(scale) {
            Ok(scale) => Decimal::checked(self.negative, self.digits, scale),
            Err(_) => {
                let zeros = u32::try_from(scale.unsigned_abs()).ok()?;
                Decimal::checked(self.negative, self.digits.checked_mul(power_of_ten(zeros)?)?, 0)
            }
        }
    }

    /// The digits, with zeros added up to a scale that is not less than its own. Nothing when they do not fit.
    fn digits_at(self, scale: u32) -> Option<Digits> {
        let zeros = scale.checked_sub(self.scale())?;
        self.digits.checked_mul(power_of_ten(zeros)?)
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

/// Nothing when it does not fit, which is for all exponents greater than `MAX_SCALE`.
fn power_of_ten(exponent: u32) -> Option<Digits> {
    ten().checked_pow(Digits::from_limbs([exponent.into(), 0, 0, 0, 0, 0, 0, 0]))
}
