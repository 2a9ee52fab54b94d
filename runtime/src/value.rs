//! The building blocks of generated models: open enums, unions, and `Debug` output without secrets.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::Json;
use crate::object::{ReadFailure, ValueReader};

/// An enum value that this version of the client does not know, as the API sent it.
///
/// Such a value is made only when a response is deserialized or a text is parsed. So it always differs from the values
/// that the enum knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unrecognized {
    text: Box<str>,
    /// Whether the JSON value is a number or a boolean. If not, the JSON value is a string.
    is_number_or_boolean: bool,
}

impl Unrecognized {
    pub(crate) fn new(value: &str) -> Self {
        Unrecognized { text: value.into(), is_number_or_boolean: false }
    }

    /// Makes an unrecognized enum value from its text. A text like `7` or `true` becomes a JSON number or boolean. Any
    /// other text becomes a JSON string.
    pub(crate) fn from_text(text: &str) -> Self {
        text.parse()
            .ok()
            .and_then(|json| Unrecognized::from_json(&json))
            .unwrap_or_else(|| Unrecognized::new(text))
    }

    /// Makes an unrecognized enum value from a JSON string, number or boolean. Returns `None` for any other JSON.
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

/// A placeholder for a secret or for personal data in `Debug` output, where it is shown as `[redacted]`.
pub(crate) struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A JSON value of a union type, before it is known which alternative of the union fits. The generated code finds the
/// alternative by the keys of the JSON object, and by its string values.
pub struct UnresolvedUnionValue {
    json: Json,
    /// All keys of the JSON object. A key whose value is a string is stored with the string, any other key with `None`.
    string_values_by_key: BTreeMap<String, Option<String>>,
}

impl UnresolvedUnionValue {
    /// Reads a value as JSON text. If the value is a JSON object, also collects its keys.
    ///
    /// # Errors
    ///
    /// When the reader cannot read the value as JSON text.
    pub fn from_reader(reader: &mut dyn ValueReader) -> Result<UnresolvedUnionValue, ReadFailure> {
        // The value stays JSON text, because parsing would convert its numbers to floating point.
        let json = reader.read_json()?;
        let object: BTreeMap<String, &RawValue> =
            serde_json::from_str(json.as_json_text()).unwrap_or_default();
        let keys =
            object.into_iter().map(|(key, value)| (key, serde_json::from_str(value.get()).ok())).collect();
        Ok(UnresolvedUnionValue { json, string_values_by_key: keys })
    }

    /// Whether the object has all keys in `keys`, and an allowed string under each key in `values`. `values` lists the
    /// allowed strings for each of its keys.
    pub fn has_keys_and_values(&self, keys: &[&str], values: &[(&str, &[&str])]) -> bool {
        let is_one_of = |(key, allowed): &(&str, &[&str])| {
            let value = self.string_values_by_key.get(*key).and_then(Option::as_deref);
            value.is_some_and(|value| allowed.contains(&value))
        };
        keys.iter().all(|key| self.string_values_by_key.contains_key(*key)) && values.iter().all(is_one_of)
    }

    /// Deserializes the value as `T`, an alternative of the union.
    ///
    /// # Errors
    ///
    /// When the value does not fit that alternative.
    pub fn deserialize_as<T: DeserializeOwned>(
        &self,
        reader: &mut dyn ValueReader,
    ) -> Result<T, ReadFailure> {
        crate::json::deserialize_nested_value(self.json.as_json_text()).map_err(|error| {
            reader.record_failure(&crate::json::describe_error_without_values_and_location(&error))
        })
    }

    /// Returns the value as JSON. Generated code calls this function if the value fits no alternative of the union, and
    /// the union accepts other objects.
    ///
    /// # Errors
    ///
    /// When the value is not an object.
    pub fn into_unrecognized_json(self, reader: &mut dyn ValueReader) -> Result<Json, ReadFailure> {
        match self.json.as_json_text().starts_with('{') {
            true => Ok(self.json),
            false => Err(self.report_type_mismatch("expected an object", reader)),
        }
    }

    /// Reports, as an error, that the keys of the value fit no alternative of the union `name`.
    pub fn report_no_match(&self, name: &str, reader: &mut dyn ValueReader) -> ReadFailure {
        self.report_type_mismatch(&format!("the keys fit no alternative of {name}"), reader)
    }

    fn report_type_mismatch(&self, why: &str, reader: &mut dyn ValueReader) -> ReadFailure {
        crate::json::record_nested_type_mismatch(self.json.as_json_text(), &why);
        reader.record_failure(&why)
    }
}

/// Reads a string, and converts it with `from_wire` into a value of the enum that is called `name`.
///
/// # Errors
///
/// When the JSON value is not a string, or `from_wire` returns `None`.
pub fn read_enum<T>(
    reader: &mut dyn ValueReader,
    name: &str,
    from_wire: fn(&str) -> Option<T>,
) -> Result<T, ReadFailure> {
    let value = reader.read_string()?;
    from_wire(&value).ok_or_else(|| reader.record_failure(&format_args!("no value of {name}")))
}

/// Implements the traits of a generated enum, such as `FromStr` and `Display`. An `open` enum can be parsed from any
/// text, a `closed` enum only from the text of a known value. In JSON, the values are strings; with `literal`, they can
/// also be numbers or booleans.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    (open $name:ident) => {
        $crate::__string_enum!(all $name);
        $crate::__string_enum!(any $name);
    };
    (open literal $name:ident) => {
        $crate::__string_enum!(literal $name, |json| {
            $crate::plumbing::unrecognized_from_json(&json).map(Self::Unrecognized)
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
                    None => Self::Unrecognized($crate::plumbing::unrecognized_from_str(value)),
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
            fn read(reader: &mut dyn $crate::plumbing::ValueReader) -> Result<Self, $crate::plumbing::ReadFailure> {
                let json = reader.read_json()?;
                let known = Self::KNOWN.iter().find(|known| known.to_json() == json).cloned();
                let unknown: fn($crate::Json) -> Option<Self> = $unknown;
                match known.or_else(|| unknown(json)) {
                    Some(value) => Ok(value),
                    None => Err(reader.record_failure(&concat!("no value of ", stringify!($name)))),
                }
            }

            fn write(&self, writer: &mut dyn $crate::plumbing::ValueWriter) {
                writer.write_json(&self.to_json());
            }
        }

        $crate::__impl_serde_for_value!($name);
    };
    (all $name:ident) => {
        $crate::__string_enum!(common $name);

        impl $crate::plumbing::Value for $name {
            fn read(reader: &mut dyn $crate::plumbing::ValueReader) -> Result<Self, $crate::plumbing::ReadFailure> {
                $crate::plumbing::read_enum(reader, stringify!($name), Self::from_wire)
            }

            fn write(&self, writer: &mut dyn $crate::plumbing::ValueWriter) {
                writer.write_string(self.as_str());
            }
        }

        $crate::__impl_serde_for_value!($name);
    };
}

/// The error that occurs when a text is parsed as an enum, but is not one of the values of the enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownValueError;

impl fmt::Display for UnknownValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value of this enum")
    }
}

impl std::error::Error for UnknownValueError {}
