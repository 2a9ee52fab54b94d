use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Json, JsonError};

/// A JSON object with any keys. Its values are [`Json`], so no digit is lost.
///
/// `From` converts pairs or a `serde_json` map into a `JsonObject`. A `JsonObject` dereferences to a `BTreeMap`.
///
/// ```
/// use partner_runtime::{JsonObject, serde_json::json};
///
/// let mut details = JsonObject::from([("iban", "DE89370400440532013000")]);
/// details.insert("verified", true);
/// assert_eq!(details["iban"], "DE89370400440532013000");
/// assert_eq!(details.len(), 2);
///
/// let same = JsonObject::from_serialize(&json!({ "iban": "DE89370400440532013000", "verified": true }))?;
/// assert_eq!(details, same);
/// # Ok::<(), partner_runtime::JsonError>(())
/// ```
///
/// `Debug` shows the number of keys and not the keys, which may be secrets.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JsonObject(BTreeMap<String, Json>);

impl JsonObject {
    /// Makes an empty object.
    pub fn new() -> JsonObject {
        JsonObject::default()
    }

    /// Converts a value of any type that serde writes as a JSON object.
    ///
    /// # Errors
    ///
    /// When the value cannot be written, or is not an object.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<JsonObject, JsonError> {
        Json::from_serialize(value)?.deserialize_as()
    }

    /// Sets the value of a key, and returns the previous value of the key, if it had one.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
        self.0.insert(key.into(), value.into())
    }

    /// Deserializes the object as the type `T`.
    ///
    /// # Errors
    ///
    /// When the object does not fit the type. The error does not show the values.
    pub fn deserialize_as<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        Json::from_serialize(self)?.deserialize_as()
    }
}

impl Deref for JsonObject {
    type Target = BTreeMap<String, Json>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for JsonObject {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl fmt::Debug for JsonObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.len();
        write!(f, "JsonObject({keys} {})", if keys == 1 { "key" } else { "keys" })
    }
}

impl From<BTreeMap<String, Json>> for JsonObject {
    fn from(entries: BTreeMap<String, Json>) -> JsonObject {
        JsonObject(entries)
    }
}

impl<K: Into<String>, V: Into<Json>, const N: usize> From<[(K, V); N]> for JsonObject {
    fn from(entries: [(K, V); N]) -> JsonObject {
        entries.into_iter().collect()
    }
}

impl From<serde_json::Map<String, serde_json::Value>> for JsonObject {
    fn from(map: serde_json::Map<String, serde_json::Value>) -> JsonObject {
        map.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<Json>> FromIterator<(K, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> JsonObject {
        JsonObject(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<K: Into<String>, V: Into<Json>> Extend<(K, V)> for JsonObject {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        self.0.extend(entries.into_iter().map(|(key, value)| (key.into(), value.into())));
    }
}

impl IntoIterator for JsonObject {
    type Item = (String, Json);
    type IntoIter = btree_map::IntoIter<String, Json>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a JsonObject {
    type Item = (&'a String, &'a Json);
    type IntoIter = btree_map::Iter<'a, String, Json>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
