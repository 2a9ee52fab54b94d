//! Conversions between decimals and [`Json`].

use super::Decimal;
use crate::Json;
use crate::object::AsNumber;

impl Json {
    /// A decimal as a JSON number, with every digit. `Json::from` writes it as a string.
    pub fn number(decimal: impl Into<Decimal>) -> Json {
        Json::written(&AsNumber(&decimal.into()))
    }

    /// The decimal, if the value is a number or a string that is one, and all its digits fit.
    pub fn as_decimal(&self) -> Option<Decimal> {
        self.read().ok()
    }
}

/// A decimal as a JSON string.
impl From<Decimal> for Json {
    fn from(value: Decimal) -> Json {
        Json::written(&value)
    }
}
