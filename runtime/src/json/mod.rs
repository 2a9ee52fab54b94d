//! JSON whose shape is not documented. It is kept as its exact text.
//!
//! `serde_json::Value` and `#[serde(flatten)]` turn every number that is not an integer into a float. So this crate
//! uses neither of them for such JSON.
//!
//! - `make`: conversions into JSON
//! - `object`: objects
//! - `mismatch`: the value that a deserialization failed at, also within a value that is deserialized from its own text
//! - `path`: the location of a value in a text
//! - `unreadable`: optional fields that do not fit, and are left out
//! - `weight`: an estimate of the memory that the values of a text take
//! - `compare`: equality
//! - `redact`: messages of `serde_json` without values
//! - `error`: a value that does not fit the requested type

mod compare;
mod error;
mod make;
mod mismatch;
mod object;
mod path;
mod redact;
mod unreadable;
mod weight;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

pub use error::JsonError;
pub(crate) use mismatch::{TypeMismatch, deserialize_nested_value, record_nested_type_mismatch};
pub use object::JsonObject;
pub(crate) use path::{JsonPath, PathStep};
pub(crate) use redact::{describe_error_without_values, describe_error_without_values_and_location};
pub use unreadable::UnreadableField;
pub(crate) use unreadable::deserialize_leniently;
pub(crate) use weight::may_exceed_memory_budget;

/// Removes the byte order mark that some servers put before JSON.
pub(crate) fn strip_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// Deserializes the JSON body of a response.
pub(crate) fn deserialize_body<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    serde_json::from_slice(strip_bom(body)).map_err(|error| JsonError::new(&error))
}

/// Whether a JSON text is blank: `null`, `false`, zero, or an empty string, object or list.
pub(crate) fn is_blank_json(json: &str) -> bool {
    let inside = [('"', '"'), ('{', '}'), ('[', ']')]
        .into_iter()
        .find_map(|(opens, closes)| json.strip_prefix(opens)?.strip_suffix(closes));
    let is_zero = || !json.is_empty() && json.bytes().all(|byte| b"-.0".contains(&byte));
    inside.map_or_else(|| matches!(json, "null" | "false") || is_zero(), |inside| inside.trim().is_empty())
}

/// A JSON value of any shape. It keeps the JSON text, so no digit of a number is lost.
///
/// [`deserialize_as`](Self::deserialize_as) deserializes the value as a type; [`get`](Self::get),
/// [`as_str`](Self::as_str) and the like return single values. `From` converts strings, booleans, integers, decimals,
/// lists, [`JsonObject`]s and `serde_json::json!` values into a `Json`, [`from_serialize`](Self::from_serialize)
/// anything that serde can write, and `parse` JSON text.
///
/// ```
/// use partner_runtime::{Decimal, Json};
///
/// let json: Json = r#"{"limit": 1.10, "id": 123456789012345678901234567890}"#.parse()?;
/// assert_eq!(json.get("limit").unwrap().as_json_text(), "1.10");
/// assert_eq!(json.get("limit").unwrap().as_decimal(), "1.10".parse::<Decimal>().ok());
/// assert_eq!(json.get("id").unwrap().as_json_text(), "123456789012345678901234567890");
/// # Ok::<(), partner_runtime::JsonError>(())
/// ```
///
/// # Equality
///
/// Two values are equal if they are the same JSON. White space, the order of keys and escapes make no difference, and
/// neither does the notation of a number: `1.10` equals `1.1`, and `1e2` equals `100`, as with
/// [`Decimal`](crate::Decimal). Numbers are compared digit by digit. Deeper than 128 levels, and with exponents of more
/// than 64 bits, the texts are compared.
///
/// # Serialization
///
/// `serde_json` reads and writes it without loss. Converted into a `serde_json::Value`, alone or in a model, its
/// numbers become floats. Where serde buffers a value (`#[serde(flatten)]`, untagged enums), the digits are lost before
/// this type sees them, so it refuses to be read there.
///
/// `Debug` shows the length of the text and not the text, which may have secrets in it.
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Returns the JSON text, as it was received.
    pub fn as_json_text(&self) -> &str {
        self.0.get()
    }

    /// Deserializes the value as the type `T`.
    ///
    /// # Errors
    ///
    /// When the value does not fit the type. The error does not show the value.
    pub fn deserialize_as<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        serde_json::from_str(self.as_json_text()).map_err(|error| JsonError::new(&error))
    }

    /// Converts the value into a `serde_json::Value`. **This loses digits**: a number that is not a 64-bit integer
    /// becomes a float. [`deserialize_as`](Self::deserialize_as) and [`as_decimal`](Self::as_decimal) lose no digits.
    ///
    /// # Errors
    ///
    /// When a `serde_json::Value` cannot represent the value: a number is too large for a float, or there are more than
    /// 128 levels.
    pub fn to_value_lossy(&self) -> Result<serde_json::Value, JsonError> {
        self.deserialize_as()
    }

    /// Whether the value is `null`.
    pub fn is_null(&self) -> bool {
        self.as_json_text() == "null"
    }

    /// Whether the value is blank: `null`, `false`, zero, or an empty string, object or list.
    pub(crate) fn is_blank(&self) -> bool {
        is_blank_json(self.as_json_text())
    }

    /// Returns the string; `None` if the value is not a string. The string is borrowed unless it has escapes.
    pub fn as_str(&self) -> Option<Cow<'_, str>> {
        let inner = self.as_json_text().strip_prefix('"')?.strip_suffix('"')?;
        match inner.contains('\\') {
            true => self.deserialize_as().ok().map(Cow::Owned),
            false => Some(Cow::Borrowed(inner)),
        }
    }

    /// Returns the boolean; `None` if the value is not a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.as_json_text() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// Returns the value as an integer; `None` if the value is not an integer, or does not fit into 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        self.deserialize_as().ok()
    }

    /// Returns the keys and values; `None` if the value is not an object.
    pub fn as_object(&self) -> Option<JsonObject> {
        self.deserialize_as().ok()
    }

    /// Returns the items; `None` if the value is not a list.
    pub fn as_array(&self) -> Option<Vec<Json>> {
        self.deserialize_as().ok()
    }

    /// Returns the value of a key; `None` if the JSON is not an object, or has no such key.
    pub fn get(&self, key: &str) -> Option<Json> {
        let entries: BTreeMap<String, &RawValue> = serde_json::from_str(self.as_json_text()).ok()?;
        entries.get(key).map(|value| Json((*value).to_owned()))
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({} bytes)", self.as_json_text().len())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Json)
    }
}
