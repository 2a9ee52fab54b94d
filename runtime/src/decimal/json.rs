//! Conversions between decimals and [`Json`].

use super::Decimal;
use crate::Json;
use crate::object::DecimalsAsNumbers;

impl Json {
    /// Converts a decimal into a JSON number without losing digits. `Json::from` converts a decimal into a JSON string
    /// instead.
    pub fn number_from_decimal(decimal: impl Into<Decimal>) -> Json {
        Json::from_infallible_serialize(&DecimalsAsNumbers(&decimal.into()))
    }

    /// Returns the value of a JSON number, or of a JSON string that contains a decimal number. Returns `None` for all
    /// other JSON, and for a number with more digits than a decimal can hold.
    pub fn as_decimal(&self) -> Option<Decimal> {
        self.deserialize_as().ok()
    }
}

/// Converts a decimal into a JSON string.
impl From<Decimal> for Json {
    fn from(value: Decimal) -> Json {
        Json::from_infallible_serialize(&value)
    }
}
