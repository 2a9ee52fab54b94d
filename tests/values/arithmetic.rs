//! Arithmetic of decimals, compared with a model: fractions of unbounded integers.

use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use num_bigint::{BigInt, Sign};
use partner_client::{Decimal, Rounding};
use proptest::prelude::*;

/// `digits` / 10^`scale`
#[derive(Clone, Debug)]
struct Model {
    digits: BigInt,
    scale: u32,
}

impl Model {
    fn text(&self) -> String {
        let scale = usize::try_from(self.scale).unwrap();
        let digits = format!("{:0>width$}", self.digits.magnitude().to_string(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let sign = if self.digits.sign() == Sign::Minus { "-" } else { "" };
        let point = if scale == 0 { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }

    fn decimal(&self) -> Decimal {
        self.text().parse().unwrap()
    }

    /// The digits at a scale that is not smaller.
    fn digits_at(&self, scale: u32) -> BigInt {
        &self.digits * ten_to(scale - self.scale)
    }

    /// The result, if a decimal can hold it: 512 bits and 154 decimals.
    fn checked(digits: BigInt, scale: u32) -> Option<String> {
        (digits.bits() <= 512 && scale <= 154).then(|| Model { digits, scale }.text())
    }
}

fn ten_to(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// Amounts of money, and numbers at the limits of what a decimal holds.
fn model() -> impl Strategy<Value = Model> {
    let small = (any::<i64>(), 0..=18u32).prop_map(|(digits, scale)| (BigInt::from(digits), scale));
    let wide = (proptest::collection::vec(any::<u8>(), 0..=64), any::<bool>(), 0..=154u32);
    let wide = wide.prop_map(|(bytes, negative, scale)| {
        let sign = if negative { Sign::Minus } else { Sign::Plus };
        (BigInt::from_bytes_le(sign, &bytes), scale)
    });
    let round = (-9..=9i64, 0..=30u32, 0..=18u32)
        .prop_map(|(digit, zeros, scale)| (BigInt::from(digit) * ten_to(zeros), scale));
    prop_oneof![3 => small, 2 => wide, 1 => round].prop_map(|(digits, scale)| Model { digits, scale })
}

const ROUNDINGS: [Rounding; 7] = [
    Rounding::HalfEven,
    Rounding::HalfUp,
    Rounding::HalfDown,
    Rounding::AwayFromZero,
    Rounding::TowardsZero,
    Rounding::Ceiling,
    Rounding::Floor,
];

/// The quotient of integers, rounded: the two candidates are floor and ceiling, and the definition of each rounding
/// chooses between them.
fn rounded(dividend: &BigInt, divisor: &BigInt, rounding: Rounding) -> BigInt {
    let zero = BigInt::ZERO;
    let truncated = dividend / divisor;
    let rest = dividend % divisor;
    if rest == zero {
        return truncated;
    }
    let negative = (dividend.sign() == Sign::Minus) != (divisor.sign() == Sign::Minus);
    let (floor, ceiling) = match negative {
        true => (&truncated - 1, truncated),
        false => (truncated.clone(), &truncated + 1),
    };
    let (inner, outer) = if negative { (&ceiling, &floor) } else { (&floor, &ceiling) };
    let twice = BigInt::from(rest.magnitude() * 2u32);
    let nearest = match twice.cmp(&BigInt::from(divisor.magnitude().clone())) {
        Ordering::Less => Some(inner),
        Ordering::Greater => Some(outer),
        Ordering::Equal => None,
    };
    let even = if floor.bit(0) { &ceiling } else { &floor };
    match rounding {
        Rounding::HalfEven => nearest.unwrap_or(even).clone(),
        Rounding::HalfUp => nearest.unwrap_or(outer).clone(),
        Rounding::HalfDown => nearest.unwrap_or(inner).clone(),
        Rounding::AwayFromZero => outer.clone(),
        Rounding::TowardsZero => inner.clone(),
        Rounding::Ceiling => ceiling,
        Rounding::Floor => floor,
    }
}

fn hash(decimal: Decimal) -> u64 {
    let mut hasher = DefaultHasher::new();
    decimal.hash(&mut hasher);
    hasher.finish()
}

fn text(decimal: Option<Decimal>) -> Option<String> {
    decimal.map(|decimal| decimal.to_string())
}

proptest! {
    #[test]
    fn sums_differences_and_products_are_exact_or_refused(a in model(), b in model()) {
        let scale = a.scale.max(b.scale);
        let fits = |model: &Model| model.digits_at(scale).bits() <= 512;
        let aligned = fits(&a) && fits(&b);
        let sum = Model::checked(a.digits_at(scale) + b.digits_at(scale), scale).filter(|_| aligned);
        let difference = Model::checked(a.digits_at(scale) - b.digits_at(scale), scale).filter(|_| aligned);
        let product = Model::checked(&a.digits * &b.digits, a.scale + b.scale);
        let (x, y) = (a.decimal(), b.decimal());
        prop_assert_eq!(text(x.checked_add(y)), sum);
        prop_assert_eq!(text(x.checked_sub(y)), difference);
        prop_assert_eq!(text(x.checked_mul(y)), product);
        prop_assert_eq!((-x).to_string(), Model { digits: -a.digits, scale: a.scale }.text());
    }

    #[test]
    fn order_equality_and_hash_are_those_of_the_value(a in model(), b in model(), zeros in 0..=20u32) {
        let scale = a.scale.max(b.scale);
        let (x, y) = (a.decimal(), b.decimal());
        prop_assert_eq!(x.cmp(&y), a.digits_at(scale).cmp(&b.digits_at(scale)));
        prop_assert_eq!(x == y, a.digits_at(scale) == b.digits_at(scale));
        if let Some(longer) = x.with_scale(a.scale + zeros) {
            prop_assert_eq!(longer.to_string(), Model { digits: a.digits_at(a.scale + zeros), scale: a.scale + zeros }.text());
            prop_assert_eq!(longer, x);
            prop_assert_eq!(hash(longer), hash(x));
        }
    }

    #[test]
    fn a_quotient_is_rounded_as_requested(
        a in model(), b in model(), scale in 0..=40u32, rounding in proptest::sample::select(&ROUNDINGS[..]),
    ) {
        let (x, y) = (a.decimal(), b.decimal());
        // a / 10^as / (b / 10^bs) * 10^scale
        let (dividend, divisor) = (&a.digits * ten_to(b.scale + scale), &b.digits * ten_to(a.scale));
        match x.checked_div(y, scale, rounding) {
            Some(quotient) => {
                let expected = rounded(&dividend, &divisor, rounding);
                prop_assert_eq!(quotient.to_string(), Model { digits: expected, scale }.text());
            }
            // The padded dividend does not fit, or the divisor is zero.
            None => {
                let zeros = i64::from(scale) + i64::from(b.scale) - i64::from(a.scale);
                let side = if zeros < 0 { &b.digits } else { &a.digits };
                let longer = side * ten_to(u32::try_from(zeros.unsigned_abs()).unwrap());
                prop_assert!(b.digits == BigInt::ZERO || zeros.unsigned_abs() > 154 || longer.bits() > 512);
            }
        }
    }

    #[test]
    fn rescaling_rounds_as_requested(
        a in model(), scale in 0..=160u32, rounding in proptest::sample::select(&ROUNDINGS[..]),
    ) {
        let kept = scale.min(a.scale);
        let expected = rounded(&a.digits, &ten_to(a.scale - kept), rounding);
        let expected = Model { digits: expected, scale: kept }.text();
        prop_assert_eq!(a.decimal().round_to(scale, rounding).to_string(), expected);
    }

    #[test]
    fn a_decimal_is_written_as_its_value_whatever_the_exponent(a in model(), exponent in -60..=60i32) {
        let plain = a.text();
        prop_assert_eq!(&a.decimal().to_string(), &plain);
        // The value is a / 10^exponent, written with that exponent.
        let shifted = i64::from(a.scale) + i64::from(exponent);
        if let Ok(scale) = u32::try_from(shifted) {
            let with_exponent = format!("{}e{exponent}", Model { digits: a.digits.clone(), scale }.text());
            prop_assert_eq!(&with_exponent.parse::<Decimal>().unwrap().to_string(), &plain);
        }
        let json: Decimal = serde_json::from_str(&plain).unwrap();
        prop_assert_eq!(&json.to_string(), &plain);
        let string: Decimal = serde_json::from_value(serde_json::to_value(json).unwrap()).unwrap();
        prop_assert_eq!(&string.to_string(), &plain);
    }
}
