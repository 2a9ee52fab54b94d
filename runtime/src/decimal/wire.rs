//! Serialization of decimals with serde. A decimal is read from a string or a number, digit by digit, and written in
//! the form that the document defines for its field.
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

/// The names under which `serde_json` passes the text of a value, and the text of a number with its feature
/// `arbitrary_precision`. If they ever change, numbers arrive as floats, which are refused, so a test fails and no
/// digit is lost.
const TEXT_NAMES: [&str; 2] = ["$serde_json::private::RawValue", "$serde_json::private::Number"];

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        // `serde_json` passes the text. A buffer (of an enum or of `flatten`) and other formats pass a value, which is
        // accepted unless it is a float.
        deserializer.deserialize_newtype_struct(TEXT_NAMES[0], AnyForm)
    }
}

struct AnyForm;

impl<'de> Visitor<'de> for AnyForm {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Decimal, A::Error> {
        match map.next_key::<String>()? {
            Some(name) if TEXT_NAMES.contains(&name.as_str()) => map.next_value_seed(JsonText),
            _ => Err(A::Error::custom(ParseDecimalError::NOT_DECIMAL)),
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decimal, D::Error> {
        match deserializer.is_human_readable() {
            true => deserializer.deserialize_any(self),
            // A binary format may not be self-describing. It has the string that `Serialize` wrote.
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

/// Parses a decimal from raw JSON text.
struct JsonText;

impl<'de> DeserializeSeed<'de> for JsonText {
    type Value = Decimal;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decimal, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for JsonText {
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
            crate::json::note_misfit(json, &error);
            E::custom(error)
        })
    }
}

/// Writes a string. See [`Decimal`] for when a number is written.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Decimal {
    /// Writes it as a JSON number.
    pub(crate) fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A serializer that writes text returns nothing. One that returns something builds a value, like
        // `serde_json::Value`, and would make a float of the number.
        let builds_value = size_of::<S::Ok>() > 0;
        if builds_value || !serializer.is_human_readable() {
            return self.serialize(serializer);
        }
        RawValue::from_string(self.to_string()).map_err(S::Error::custom)?.serialize(serializer)
    }
}
