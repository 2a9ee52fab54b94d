//! Deserialization of objects with known keys, which keeps the unknown keys.
//!
//! `#[serde(flatten)]` would do the same, but it buffers all values first, and numbers become floats in the buffer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, Visitor};

use super::misfit::nested;
use super::redact::without_location;
use super::{Json, JsonObject};

/// The fields of an object. Known fields are taken out one by one, and the rest is kept.
pub struct Fields<E> {
    values: BTreeMap<String, Json>,
    /// The keys that occurred more than once.
    repeated: BTreeSet<String>,
    error: PhantomData<E>,
}

impl<E: Error> Fields<E> {
    /// Deserializes an object.
    ///
    /// # Errors
    ///
    /// When the value is not an object.
    pub fn read<'de, D: Deserializer<'de, Error = E>>(deserializer: D) -> Result<Self, E> {
        deserializer.deserialize_map(Object(PhantomData))
    }

    /// Takes out a required field.
    pub fn required<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<T, E> {
        self.take(key)?.ok_or_else(|| E::missing_field(key))
    }

    /// Takes out an optional field. `null` counts as absent.
    pub fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<Option<T>, E> {
        self.take::<Option<T>>(key).map(Option::flatten)
    }

    /// The fields that were not taken out. Of duplicate keys the last one counts.
    pub fn rest(self) -> JsonObject {
        self.values.into()
    }

    fn take<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<Option<T>, E> {
        if self.repeated.contains(key) {
            return Err(E::duplicate_field(key));
        }
        let Some(value) = self.values.remove(key) else { return Ok(None) };
        nested(Some(key), value.as_json())
            .map(Some)
            // A position within this value means nothing in the whole response.
            .map_err(|error| E::custom(format_args!("{key}: {}", without_location(&error))))
    }
}

struct Object<E>(PhantomData<E>);

impl<'de, E> Visitor<'de> for Object<E> {
    type Value = Fields<E>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<E>, A::Error> {
        let mut fields = Fields { values: BTreeMap::new(), repeated: BTreeSet::new(), error: PhantomData };
        while let Some((key, value)) = map.next_entry::<String, Json>()? {
            if fields.values.contains_key(&key) {
                fields.repeated.insert(key.clone());
            }
            fields.values.insert(key, value);
        }
        Ok(fields)
    }
}
