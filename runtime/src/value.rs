//! The building blocks of generated models: open enums, unions, and `Debug` output without secrets.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::Json;
use crate::object::{Failed, ValueReader};

/// An enum value that this version of the client does not know, as the API sent it.
///
/// Such a value can only be made by deserializing or parsing text, so it is never one of the values that the enum
/// knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unrecognized {
    text: Box<str>,
    /// Whether the value is a JSON number or boolean, and not a string.
    is_number_or_boolean: bool,
}

impl Unrecognized {
    pub(crate) fn new(value: &str) -> Self {
        Unrecognized { text: value.into(), is_number_or_boolean: false }
    }

    /// Parses the text of an enum value. A text like `7` or `true` becomes a number or a boolean, and any other text a
    /// string.
    pub(crate) fn parse(text: &str) -> Self {
        text.parse()
            .ok()
            .and_then(|json| Unrecognized::from_json(&json))
            .unwrap_or_else(|| Unrecognized::new(text))
    }

    /// Makes an enum value from a JSON string, number or boolean; `None` for any other JSON.
    pub(crate) fn from_json(json: &Json) -> Option<Self> {
        match json.as_str() {
            Some(text) => Some(Unrecognized::new(&text)),
            None if json.as_json_text().starts_with(['n', '[', '{']) => None,
            None => Some(Unrecognized { text: json.as_json_text().into(), is_number_or_boolean: true }),
        }
    }

    /// Returns the text of the value, as the API sent it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the value as JSON: a string, a number or a boolean.
    pub fn to_json(&self) -> Json {
        let literal = if self.is_number_or_boolean { self.text.parse().ok() } else { None };
        literal.unwrap_or_else(|| Json::from(self.as_str()))
    }
}

/// Replaces secrets and personal data in `Debug` output by `[redacted]`.
pub(crate) struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A value of a union whose alternative is not chosen yet. The keys of the value, and the strings of some keys,
/// determine as which alternative the value is deserialized.
pub struct Choice {
    json: Json,
    /// The keys of the object, each with its value if the value is a string, and otherwise with `None`.
    string_values_by_key: BTreeMap<String, Option<String>>,
}

impl Choice {
    /// Reads a value as JSON text, together with the keys of its object, by which an alternative can be chosen.
    ///
    /// # Errors
    ///
    /// When the reader has no JSON text.
    pub fn read(reader: &mut dyn ValueReader) -> Result<Choice, Failed> {
        // The value is kept as JSON text, because a parsed value would turn numbers into floats.
        let json = reader.read_json()?;
        let object: BTreeMap<String, &RawValue> =
            serde_json::from_str(json.as_json_text()).unwrap_or_default();
        let keys =
            object.into_iter().map(|(key, value)| (key, serde_json::from_str(value.get()).ok())).collect();
        Ok(Choice { json, string_values_by_key: keys })
    }

    /// Whether the object has all of `keys`, and for each key in `values` one of the strings that are listed with the
    /// key.
    pub fn matches(&self, keys: &[&str], values: &[(&str, &[&str])]) -> bool {
        let is_one_of = |(key, allowed): &(&str, &[&str])| {
            let value = self.string_values_by_key.get(*key).and_then(Option::as_deref);
            value.is_some_and(|value| allowed.contains(&value))
        };
        keys.iter().all(|key| self.string_values_by_key.contains_key(*key)) && values.iter().all(is_one_of)
    }

    /// Deserializes the value as the alternative `T`.
    ///
    /// # Errors
    ///
    /// When the value does not fit that alternative.
    pub fn alternative<T: DeserializeOwned>(&self, reader: &mut dyn ValueReader) -> Result<T, Failed> {
        crate::json::deserialize_nested(self.json.as_json_text()).map_err(|error| {
            reader.fail_with_reason(&crate::json::describe_without_values_and_location(&error))
        })
    }

    /// Returns the JSON of a value that fits no alternative.
    ///
    /// # Errors
    ///
    /// When the value is not an object.
    pub fn unrecognized(self, reader: &mut dyn ValueReader) -> Result<Json, Failed> {
        match self.json.as_json_text().starts_with('{') {
            true => Ok(self.json),
            false => Err(self.report_misfit("expected an object", reader)),
        }
    }

    /// Reports that a value matches none of the alternatives of a closed union.
    pub fn no_match(&self, name: &str, reader: &mut dyn ValueReader) -> Failed {
        self.report_misfit(&format!("the keys fit no alternative of {name}"), reader)
    }

    fn report_misfit(&self, why: &str, reader: &mut dyn ValueReader) -> Failed {
        crate::json::record_nested_misfit(self.json.as_json_text(), &why);
        reader.fail_with_reason(&why)
    }
}

/// Reads a string, and converts it into the enum `name` with `from_wire`.
///
/// # Errors
///
/// When the JSON value is not a string, or `from_wire` does not know the string.
pub fn read_enum<T>(
    reader: &mut dyn ValueReader,
    name: &str,
    from_wire: fn(&str) -> Option<T>,
) -> Result<T, Failed> {
    let value = reader.read_string()?;
    from_wire(&value).ok_or_else(|| reader.fail_with_reason(&format_args!("no value of {name}")))
}

/// Implements the traits of generated enums. An `open` enum can be made from any text, a `closed` enum only from the
/// values that it knows. All values are strings; with `literal`, values can also be numbers and booleans.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    (open $name:ident) => {
        $crate::__string_enum!(all $name);
        $crate::__string_enum!(any $name);
    };
    (open literal $name:ident) => {
        $crate::__string_enum!(literal $name, |json| {
            $crate::plumbing::unrecognized_json(&json).map(Self::Unrecognized)
        });
        $crate::__string_enum!(any $name);
    };
    (closed literal $name:ident) => {
        $crate::__string_enum!(literal $name, |_| None);
        $crate::__string_enum!(parsed $name);
    };
    (any $name:ident) => {
        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match Self::from_wire(value) {
                    Some(value) => value,
                    None => Self::Unrecognized($crate::plumbing::unrecognized(value)),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }
    };
    (closed $name:ident) => {
        $crate::__string_enum!(all $name);
        $crate::__string_enum!(parsed $name);
    };
    (parsed $name:ident) => {
        impl std::str::FromStr for $name {
            type Err = $crate::UnknownValueError;

            fn from_str(value: &str) -> Result<Self, $crate::UnknownValueError> {
                Self::from_wire(value).ok_or($crate::UnknownValueError)
            }
        }
    };
    (common $name:ident) => {
        impl std::cmp::Eq for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
    (literal $name:ident, $unknown:expr) => {
        $crate::__string_enum!(common $name);

        impl $crate::plumbing::Value for $name {
            fn read(reader: &mut dyn $crate::plumbing::ValueReader) -> Result<Self, $crate::plumbing::Failed> {
                let json = reader.read_json()?;
                let known = Self::KNOWN.iter().find(|known| known.to_json() == json).cloned();
                let unknown: fn($crate::Json) -> Option<Self> = $unknown;
                match known.or_else(|| unknown(json)) {
                    Some(value) => Ok(value),
                    None => Err(reader.fail_with_reason(&concat!("no value of ", stringify!($name)))),
                }
            }

            fn write(&self, writer: &mut dyn $crate::plumbing::ValueWriter) {
                writer.write_json(&self.to_json());
            }
        }

        $crate::__serde!($name);
    };
    (all $name:ident) => {
        $crate::__string_enum!(common $name);

        impl $crate::plumbing::Value for $name {
            fn read(reader: &mut dyn $crate::plumbing::ValueReader) -> Result<Self, $crate::plumbing::Failed> {
                $crate::plumbing::read_enum(reader, stringify!($name), Self::from_wire)
            }

            fn write(&self, writer: &mut dyn $crate::plumbing::ValueWriter) {
                writer.write_string(self.as_str());
            }
        }

        $crate::__serde!($name);
    };
}

/// The error for a text that is no value of a closed enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownValueError;

impl fmt::Display for UnknownValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value of this enum")
    }
}

impl std::error::Error for UnknownValueError {}
