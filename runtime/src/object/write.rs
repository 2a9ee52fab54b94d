//! Writes values to any serde `Serializer`. The serializer is behind a trait object, so that the generated code is not
//! generic over its type.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::table::{PropertyTable, flags};
use super::values::{OtherProperties, SerdeValueWriter, Value};
use crate::Decimal;

/// Writes one value: `Value::write` calls one of the methods, once. The default implementations of the methods write
/// nothing.
pub trait ValueWriter: SerdeValueWriter {
    /// Writes a decimal as a string, or as a JSON number if its property requires a number.
    fn write_decimal(&mut self, _: &Decimal) {}

    /// Writes a string.
    fn write_string(&mut self, _: &str) {}

    /// Writes the text of a newtype that is a string in some properties and an integer in others. The text is written
    /// as a JSON number if the property requires a number and the text is an integer; otherwise as a string.
    fn write_string_or_integer(&mut self, _: &str) {}

    /// Writes null.
    fn write_null(&mut self) {}

    /// Writes the value that an `Option` contains.
    fn write_some(&mut self, _: &dyn Value) {}

    /// Writes a list. The first argument is the number of items, the second one iterates over the items.
    fn write_list(&mut self, _: usize, _: &mut dyn Iterator<Item = &dyn Value>) {}

    /// Writes a map as a JSON object. The first argument is the number of entries, the second one iterates over the
    /// entries.
    fn write_map(&mut self, _: usize, _: &mut dyn Iterator<Item = (&str, &dyn Value)>) {}

    /// Writes a struct as a JSON object. The arguments are the property table of the struct, the values of the
    /// properties in the table, and the properties for which the struct has no fields.
    fn write_object(&mut self, _: &'static PropertyTable, _: &[&dyn Value], _: Option<&dyn OtherProperties>) {
    }
}

/// Writes a value to any serde `Serializer`.
///
/// # Errors
///
/// When the serializer fails.
pub fn serialize<S: Serializer>(value: &dyn Value, serializer: S) -> Result<S::Ok, S::Error> {
    SerializableValue { value, prefers_json_numbers: false }.serialize(serializer)
}

/// A wrapper that serializes a value, and writes all decimals in the value as JSON numbers. A newtype that may be a
/// string or an integer is also written as a number if its text is an integer.
pub struct DecimalsAsNumbers<'a, T>(pub &'a T);

impl<T: Value> Serialize for DecimalsAsNumbers<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SerializableValue { value: self.0, prefers_json_numbers: true }.serialize(serializer)
    }
}

/// A wrapper that implements serde's `Serialize` for a [`Value`].
struct SerializableValue<'a> {
    value: &'a dyn Value,
    prefers_json_numbers: bool,
}

impl Serialize for SerializableValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut writing = SerializerWriter {
            serializer: Some(serializer),
            prefers_json_numbers: self.prefers_json_numbers,
            done: None,
        };
        self.value.write(&mut writing);
        writing.done.unwrap_or_else(|| Err(S::Error::custom("nothing was written")))
    }
}

/// Writes one value to a `Serializer`.
pub(super) struct SerializerWriter<S: Serializer> {
    /// The serializer; `None` after the value was written.
    serializer: Option<S>,
    /// Whether decimals, and newtypes that may be strings or integers, are written as JSON numbers where this is
    /// possible.
    prefers_json_numbers: bool,
    done: Option<Result<S::Ok, S::Error>>,
}

impl<S: Serializer> SerializerWriter<S> {
    /// Passes the serializer to the function `write`, and stores the result of this function.
    pub(super) fn write_with(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) {
        self.done = self.serializer.take().map(write);
    }
}

impl<S: Serializer> ValueWriter for SerializerWriter<S> {
    fn write_decimal(&mut self, value: &Decimal) {
        let prefers_json_numbers = self.prefers_json_numbers;
        self.write_with(|serializer| match prefers_json_numbers {
            true => value.serialize_as_number(serializer),
            false => value.serialize(serializer),
        });
    }

    fn write_string(&mut self, value: &str) {
        self.write_with(|serializer| serializer.serialize_str(value));
    }

    fn write_string_or_integer(&mut self, value: &str) {
        let integer = value
            .parse::<i64>()
            .ok()
            .filter(|integer| self.prefers_json_numbers && integer.to_string() == value);
        self.write_with(|serializer| match integer {
            Some(integer) => serializer.serialize_i64(integer),
            None => serializer.serialize_str(value),
        });
    }

    fn write_null(&mut self) {
        self.write_with(S::serialize_none);
    }

    fn write_some(&mut self, value: &dyn Value) {
        let prefers_json_numbers = self.prefers_json_numbers;
        self.write_with(|serializer| {
            serializer.serialize_some(&SerializableValue { value, prefers_json_numbers })
        });
    }

    fn write_list(&mut self, length: usize, items: &mut dyn Iterator<Item = &dyn Value>) {
        let prefers_json_numbers = self.prefers_json_numbers;
        self.write_with(|serializer| {
            let mut list = serializer.serialize_seq(Some(length))?;
            for value in items {
                list.serialize_element(&SerializableValue { value, prefers_json_numbers })?;
            }
            list.end()
        });
    }

    fn write_map(&mut self, length: usize, entries: &mut dyn Iterator<Item = (&str, &dyn Value)>) {
        let prefers_json_numbers = self.prefers_json_numbers;
        self.write_with(|serializer| {
            let mut map = serializer.serialize_map(Some(length))?;
            for (key, value) in entries {
                map.serialize_entry(key, &SerializableValue { value, prefers_json_numbers })?;
            }
            map.end()
        });
    }

    fn write_object(
        &mut self,
        table: &'static PropertyTable,
        values: &[&dyn Value],
        rest: Option<&dyn OtherProperties>,
    ) {
        self.write_with(|serializer| {
            let written = || {
                let properties = table.properties.iter().zip(values);
                properties
                    .filter(|(property, value)| !property.has_any_flag(flags::optional) || !value.is_absent())
            };
            let rest = rest.map(OtherProperties::stored_properties).unwrap_or_default();
            let length = written().count() + rest.len();
            let mut object = serializer.serialize_map(Some(length))?;
            for (property, value) in written() {
                object.serialize_entry(
                    property.wire_name,
                    &SerializableValue {
                        value: *value,
                        prefers_json_numbers: property.has_any_flag(flags::number),
                    },
                )?;
            }
            for (key, value) in rest {
                object.serialize_entry(
                    key,
                    &SerializableValue {
                        value,
                        prefers_json_numbers: table.other_properties.has_any_flag(flags::number),
                    },
                )?;
            }
            object.end()
        });
    }
}
