//! Equality, order and hash of decimals. They depend only on the value: the scale makes no difference.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::Decimal;

impl<R: Copy + Into<Decimal>> PartialEq<R> for Decimal {
    fn eq(&self, other: &R) -> bool {
        self.cmp(&(*other).into()).is_eq()
    }
}

impl PartialEq<Decimal> for &Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        **self == *other
    }
}

impl Eq for Decimal {}

impl<R: Copy + Into<Decimal>> PartialOrd<R> for Decimal {
    fn partial_cmp(&self, other: &R) -> Option<Ordering> {
        Some(self.cmp(&(*other).into()))
    }
}

impl PartialOrd<Decimal> for &Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(Ord::cmp(*self, other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_magnitude(other),
            (true, true) => other.cmp_magnitude(self),
        }
    }
}

impl Decimal {
    fn cmp_magnitude(&self, other: &Decimal) -> Ordering {
        let scale = self.scale().max(other.scale());
        match (self.to_digits_at_scale(scale), other.to_digits_at_scale(scale)) {
            (Some(digits), Some(others)) => digits.cmp(&others),
            // After `self` was padded with zeros to the scale of `other`, its digits do not fit into 512 bits, while
            // the digits of `other` fit. So `self` has the greater magnitude.
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
        }
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Decimal { digits, scale, is_negative } = self.normalized();
        (digits, scale, is_negative).hash(state);
    }
}
