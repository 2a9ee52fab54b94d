//! Conversions into [`Json`]. There is no conversion from floats, because a float may not have exactly the intended
//! digits.

use std::str::FromStr;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::{Json, JsonError, JsonObject};

impl Json {
    /// Converts a value of any type that serde can write as JSON.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON: a map whose keys are not strings, or a type whose `Serialize` fails.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Json, JsonError> {
        to_raw_value(value).map(Json).map_err(|error| JsonError::new(&error))
    }

    /// Like [`from_serialize`](Self::from_serialize), for a value whose serialization is infallible. If it failed after
    /// all, the result would be `null`.
    pub(crate) fn from_infallible_serialize<T: Serialize + ?Sized>(value: &T) -> Json {
        Json(to_raw_value(value).unwrap_or_default())
    }
}

/// Parses JSON text. To convert a text into a JSON string, use `From<&str>`.
impl FromStr for Json {
    type Err = JsonError;

    fn from_str(json: &str) -> Result<Json, JsonError> {
        RawValue::from_string(json.to_owned()).map(Json).map_err(|error| JsonError::new(&error))
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
                Json::from_infallible_serialize(&value)
            }
        }
    )*};
}

made_from!(&str &String String bool i32 i64 u32 u64 serde_json::Value JsonObject);

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Json {
        Json::from_infallible_serialize(&items.into_iter().map(Into::into).collect::<Vec<Json>>())
    }
}

/// Converts `None` to `null`.
impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Json {
        value.map_or_else(Json::default, Into::into)
    }
}
