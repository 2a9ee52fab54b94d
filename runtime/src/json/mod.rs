//! JSON of which the documents do not say what it is: it stays the text that was sent.
//!
//! `serde_json::Value` would make a float of every number that is no integer, and `#[serde(flatten)]` does the same
//! while it reads. So nothing here goes through either of them.
//!
//! - `make`: values that callers make
//! - `object`: objects
//! - `misfit`: the value that a deserialization failed at, also within a value that is deserialized from its own text
//! - `path`: where a value is in a text
//! - `unreadable`: responses of which a part does not fit
//! - `weight`: how much memory the values of a text may take
//! - `compare`: whether two texts are the same value
//! - `redact`: messages of `serde_json` without values
//! - `error`: a value that does not fit the requested type

mod compare;
mod error;
mod make;
mod misfit;
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
pub(crate) use misfit::{Misfit, nested, note_misfit};
pub use object::JsonObject;
pub(crate) use redact::{without_location, without_values};
pub use unreadable::Unreadable;
pub(crate) use unreadable::without_unreadable;
pub(crate) use weight::exceeds;

/// A body without the byte order mark that some servers put before JSON.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// Whether a JSON text says nothing: `null`, `false`, zero, or a string, object or list that is empty.
pub(crate) fn is_blank(json: &str) -> bool {
    let inside = [('"', '"'), ('{', '}'), ('[', ']')]
        .into_iter()
        .find_map(|(opens, closes)| json.strip_prefix(opens)?.strip_suffix(closes));
    let is_zero = || !json.is_empty() && json.bytes().all(|byte| b"-.0".contains(&byte));
    inside.map_or_else(|| matches!(json, "null" | "false") || is_zero(), |inside| inside.trim().is_empty())
}

/// A JSON value of any shape, as the text it came as: no digit of a number is lost, however many there are.
///
/// [`read`](Self::read) makes a type of it, [`get`](Self::get), [`as_str`](Self::as_str) and their like look at single
/// values. It is made from text, booleans, whole numbers, decimals, lists, [`JsonObject`]s and what
/// `serde_json::json!` makes; [`from_serialize`](Self::from_serialize) makes it from anything that serde can write, and `parse` from JSON text.
///
/// ```
/// use partner_runtime::{Decimal, Json};
///
/// let json: Json = r#"{"limit": 1.10, "id": 123456789012345678901234567890}"#.parse()?;
/// assert_eq!(json.get("limit").unwrap().as_json(), "1.10");
/// assert_eq!(json.get("limit").unwrap().as_decimal(), "1.10".parse::<Decimal>().ok());
/// assert_eq!(json.get("id").unwrap().as_json(), "123456789012345678901234567890");
/// # Ok::<(), partner_runtime::JsonError>(())
/// ```
///
/// # When two are equal
///
/// When they are the same JSON: white space, the order of keys and how a text is escaped make no difference, and neither
/// does how a number is written, as with [`Decimal`](crate::Decimal): `1.10` is `1.1` and `1e2` is `100`. Numbers are compared digit by
/// digit. Deeper than 128 levels, and with exponents beyond 64 bits, the text has to be the same.
///
/// # What reads it
///
/// `serde_json` does. Deserialized into a `serde_json::Value`, alone or in a model, it is what a `Value` can hold: numbers become
/// floats. Where serde keeps what it read in a buffer (`#[serde(flatten)]`, untagged enums), the digits are
/// gone before this type sees them, so there it is refused.
///
/// `Debug` prints how long the text is and nothing of it, because nobody knows what is in it.
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// The JSON text, as it came.
    pub fn as_json(&self) -> &str {
        self.0.get()
    }

    /// Reads it as a type.
    ///
    /// # Errors
    ///
    /// When it does not fit the type. The error does not show what was there.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        serde_json::from_str(self.as_json()).map_err(|error| JsonError::of(&error))
    }

    /// What `serde_json` can hold of it. **This loses digits**: a number that is no 64-bit integer becomes a float.
    /// [`read`](Self::read) and [`as_decimal`](Self::as_decimal) do not.
    ///
    /// # Errors
    ///
    /// When `serde_json` cannot hold it at all: a number beyond any float, or more than 128 levels.
    pub fn to_value(&self) -> Result<serde_json::Value, JsonError> {
        self.read()
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.as_json() == "null"
    }

    /// Whether it says nothing; see [`is_blank`].
    pub(crate) fn is_blank(&self) -> bool {
        is_blank(self.as_json())
    }

    /// The text, if it is one. It is borrowed unless something in it is escaped.
    pub fn as_str(&self) -> Option<Cow<'_, str>> {
        let inner = self.as_json().strip_prefix('"')?.strip_suffix('"')?;
        match inner.contains('\\') {
            true => self.read().ok().map(Cow::Owned),
            false => Some(Cow::Borrowed(inner)),
        }
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.as_json() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The whole number, if it is one and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.read().ok()
    }

    /// The keys and values, if it is an object.
    pub fn as_object(&self) -> Option<JsonObject> {
        self.read().ok()
    }

    /// The items, if it is a list.
    pub fn as_array(&self) -> Option<Vec<Json>> {
        self.read().ok()
    }

    /// The value of a key, if it is an object that has the key.
    pub fn get(&self, key: &str) -> Option<Json> {
        let entries: BTreeMap<String, &RawValue> = serde_json::from_str(self.as_json()).ok()?;
        entries.get(key).map(|value| Json((*value).to_owned()))
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({} bytes)", self.as_json().len())
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
