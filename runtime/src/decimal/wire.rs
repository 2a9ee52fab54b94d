//! Serialization of decimals with serde. A decimal is read from a string or a number, digit by digit. It is written as
//! a string or a number, as the OpenAPI document defines for the field.
//!
//! The feature `arbitrary_precision` of `serde_json` would keep numbers in a `Value`, too. This crate does not turn it
//! on, because it changes all crates of a program: floats that are read through `flatten` or an enum become errors,
//! `1.50` no longer equals `1.5`, and parsing a `Value` takes twice as long. Decimals lose no digits in a program that
//! turns it on.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Decimal, ParseDecimalError};

/// The internal names with which `serde_json` marks raw JSON text that it passes to a visitor. The first name marks the
/// text of any value. The second one marks the text of a number, if the feature `arbitrary_precision` of `serde_json`
/// is on. If `serde_json` ever changes the names, numbers arrive as floats, which are refused: a test fails, and no
/// digit is lost silently.
const RAW_TEXT_MARKERS: [&str; 2] = ["$serde_json::private::RawValue", "$serde_json::private::Number"];

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        // `serde_json` treats a newtype with this name specially: it passes the raw text of the value to the visitor.
        // Other formats ignore the name, and so does the buffer that serde uses for enums and `flatten`. They pass a
        // parsed value, which is accepted unless it is a float.
        deserializer.deserialize_newtype_struct(RAW_TEXT_MARKERS[0], DecimalVisitor)
    }
}

struct DecimalVisitor;

impl<'de> Visitor<'de> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Decimal, A::Error> {
        match map.next_key::<String>()? {
            Some(name) if RAW_TEXT_MARKERS.contains(&name.as_str()) => map.next_value_seed(DecimalTextSeed),
            _ => Err(A::Error::custom(ParseDecimalError::NOT_DECIMAL)),
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decimal, D::Error> {
        match deserializer.is_human_readable() {
            true => deserializer.deserialize_any(self),
            // Some binary formats do not store the types of values, so they do not support `deserialize_any`. The value
            // is read as a string, because `Serialize` writes it as a string.
            false => deserializer.deserialize_str(self),
        }
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: serde::de::Error>(self, integer: i64) -> Result<Decimal, E> {
        Ok(integer.into())
    }

    fn visit_u64<E: serde::de::Error>(self, integer: u64) -> Result<Decimal, E> {
        Ok(integer.into())
    }

    fn visit_i128<E: serde::de::Error>(self, integer: i128) -> Result<Decimal, E> {
        Ok(integer.into())
    }

    fn visit_u128<E: serde::de::Error>(self, integer: u128) -> Result<Decimal, E> {
        Ok(integer.into())
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Decimal, E> {
        Err(E::custom(
            "a number that was read as a float, so that digits may be lost; read it from the JSON text",
        ))
    }
}

/// A serde seed that parses a decimal from raw JSON text.
struct DecimalTextSeed;

impl<'de> DeserializeSeed<'de> for DecimalTextSeed {
    type Value = Decimal;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decimal, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for DecimalTextSeed {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a decimal number")
    }

    fn visit_str<E: serde::de::Error>(self, json: &str) -> Result<Decimal, E> {
        let parsed = match json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            None => json.parse(),
            Some(text) if !text.contains('\\') => text.parse(),
            Some(_) => match serde_json::from_str::<String>(json) {
                Ok(text) => text.parse(),
                Err(_) => Err(ParseDecimalError::NOT_DECIMAL),
            },
        };
        parsed.map_err(|error| {
            crate::json::record_nested_type_mismatch(json, &error);
            E::custom(error)
        })
    }
}

/// Serializes the decimal as a string. A model field that is documented as a number is serialized by
/// `Decimal::serialize_as_number` instead.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Decimal {
    /// Serializes the decimal as a JSON number. Serializers that do not write JSON text get a string instead.
    pub(crate) fn serialize_as_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A serializer whose result is not `()` builds a value, e.g. a `serde_json::Value`. In this value, a number
        // would become a float, so the serializer gets the decimal as a string.
        let builds_value = size_of::<S::Ok>() > 0;
        if builds_value || !serializer.is_human_readable() {
            return self.serialize(serializer);
        }
        RawValue::from_string(self.to_string()).map_err(S::Error::custom)?.serialize(serializer)
    }
}
