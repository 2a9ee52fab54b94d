//! Conversions between decimals and [`Json`].

use super::Decimal;
use crate::Json;
use crate::object::AsNumber;

impl Json {
    /// Makes a JSON number of a decimal, with every digit. `Json::from` makes a JSON string instead.
    pub fn number(decimal: impl Into<Decimal>) -> Json {
        Json::from_infallible(&AsNumber(&decimal.into()))
    }

    /// Returns the value as a decimal; `None` if it is neither a number nor a string with a decimal number, or has more
    /// digits than fit into a decimal.
    pub fn as_decimal(&self) -> Option<Decimal> {
        self.read().ok()
    }
}

/// Makes a JSON string of a decimal.
impl From<Decimal> for Json {
    fn from(value: Decimal) -> Json {
        Json::from_infallible(&value)
    }
}
