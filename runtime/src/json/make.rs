//! Values that callers make. There is none from a float: a float has not the digits that its maker meant.

use std::str::FromStr;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::{Json, JsonError, JsonObject};
use crate::Decimal;
use crate::decimal::AsNumber;

impl Json {
    /// Anything that serde can write as JSON.
    ///
    /// # Errors
    ///
    /// When it cannot: a map whose keys are no text, or a type that refuses to be written.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Json, JsonError> {
        to_raw_value(value).map(Json).map_err(|error| JsonError::of(&error))
    }

    /// A decimal as a JSON number, with every digit. `Json::from` writes it as a string.
    pub fn number(decimal: impl Into<Decimal>) -> Json {
        written(&AsNumber(&decimal.into()))
    }
}

/// What can always be written, so that the fallback is never used.
fn written<T: Serialize + ?Sized>(value: &T) -> Json {
    Json(to_raw_value(value).unwrap_or_default())
}

/// Of JSON text. What makes a JSON text of any text is `From<&str>`.
impl FromStr for Json {
    type Err = JsonError;

    fn from_str(json: &str) -> Result<Json, JsonError> {
        RawValue::from_string(json.to_owned()).map(Json).map_err(|error| JsonError::of(&error))
    }
}

/// `null`
impl Default for Json {
    fn default() -> Json {
        Json(Box::default())
    }
}

macro_rules! made_from {
    ($($of:ty)*) => {$(
        impl From<$of> for Json {
            fn from(value: $of) -> Json {
                written(&value)
            }
        }
    )*};
}

made_from!(&str &String String bool i32 i64 u32 u64 Decimal serde_json::Value JsonObject);

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Json {
        written(&items.into_iter().map(Into::into).collect::<Vec<Json>>())
    }
}

/// A value, or `null`.
impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Json {
        value.map_or_else(Json::default, Into::into)
    }
}
