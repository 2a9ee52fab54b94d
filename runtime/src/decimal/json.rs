//! Conversions between decimals and [`Json`].

use super::Decimal;
use crate::Json;
use crate::object::AsNumber;

impl Json {
    /// Converts a decimal into a JSON number, with every digit. `Json::from` converts it into a JSON string instead.
    pub fn number(decimal: impl Into<Decimal>) -> Json {
        Json::from_infallible(&AsNumber(&decimal.into()))
    }

    /// Returns the value of a JSON number, or of a JSON string that contains a decimal number; `None` for all other
    /// JSON, and if there are more digits than fit into a decimal.
    pub fn as_decimal(&self) -> Option<Decimal> {
        self.read().ok()
    }
}

/// Converts a decimal into a JSON string.
impl From<Decimal> for Json {
    fn from(value: Decimal) -> Json {
        Json::from_infallible(&value)
    }
}
