//! Writing a value to any `Serializer`, behind a trait object, so that no type of a document is generic over it.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::table::{Table, flags};
use super::values::{Rest, Value, WriteSerde};
use crate::Decimal;

/// Writes one value. Each method writes it, so only one of them is called, and once. A writer that is for certain values
/// ignores all others.
pub trait ValueWriter: WriteSerde {
    /// Writes a decimal, in the form of its property.
    fn decimal(&mut self, _: &Decimal) {}

    /// Writes a string.
    fn str(&mut self, _: &str) {}

    /// Writes the text of a newtype that is a number in some places: as a number in these, if the text is that of an
    /// integer.
    fn string_or_integer(&mut self, _: &str) {}

    /// Writes null.
    fn none(&mut self) {}

    /// Writes the value of an `Option`.
    fn some(&mut self, _: &dyn Value) {}

    /// Writes a list of so many items.
    fn list(&mut self, _: usize, _: &mut dyn Iterator<Item = &dyn Value>) {}

    /// Writes an object of so many entries.
    fn map(&mut self, _: usize, _: &mut dyn Iterator<Item = (&str, &dyn Value)>) {}

    /// Writes an object, given the values of its table's properties and what there is beyond them.
    fn object(&mut self, _: &'static Table, _: &[&dyn Value], _: Option<&dyn Rest>) {}
}

/// Writes a value to any `Serializer`.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<S: Serializer>(value: &dyn Value, serializer: S) -> Result<S::Ok, S::Error> {
    Written { value, as_number: false }.serialize(serializer)
}

/// A value whose decimals, and newtypes that are numbers in some places, are written as JSON numbers.
pub struct AsNumber<'a, T>(pub &'a T);

impl<T: Value> Serialize for AsNumber<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { value: self.0, as_number: true }.serialize(serializer)
    }
}

/// A value for serde.
struct Written<'a> {
    value: &'a dyn Value,
    as_number: bool,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut writing = Writing { serializer: Some(serializer), as_number: self.as_number, done: None };
        self.value.write(&mut writing);
        writing.done.unwrap_or_else(|| Err(S::Error::custom("nothing was written")))
    }
}

/// A writer to a `Serializer`.
pub(super) struct Writing<S: Serializer> {
    /// Nothing once the value was written.
    serializer: Option<S>,
    /// Whether what has a string form and a number form is written as a number.
    as_number: bool,
    done: Option<Result<S::Ok, S::Error>>,
}

impl<S: Serializer> Writing<S> {
    /// Writes the value, and keeps what the serializer returns.
    pub(super) fn with(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) {
        self.done = self.serializer.take().map(write);
    }
}

impl<S: Serializer> ValueWriter for Writing<S> {
    fn decimal(&mut self, value: &Decimal) {
        let as_number = self.as_number;
        self.with(|serializer| match as_number {
            true => value.serialize_number(serializer),
            false => value.serialize(serializer),
        });
    }

    fn str(&mut self, value: &str) {
        self.with(|serializer| serializer.serialize_str(value));
    }

    fn string_or_integer(&mut self, value: &str) {
        let integer =
            value.parse::<i64>().ok().filter(|integer| self.as_number && integer.to_string() == value);
        self.with(|serializer| match integer {
            Some(integer) => serializer.serialize_i64(integer),
            None => serializer.serialize_str(value),
        });
    }

    fn none(&mut self) {
        self.with(S::serialize_none);
    }

    fn some(&mut self, value: &dyn Value) {
        let as_number = self.as_number;
        self.with(|serializer| serializer.serialize_some(&Written { value, as_number }));
    }

    fn list(&mut self, length: usize, items: &mut dyn Iterator<Item = &dyn Value>) {
        let as_number = self.as_number;
        self.with(|serializer| {
            let mut list = serializer.serialize_seq(Some(length))?;
            for value in items {
                list.serialize_element(&Written { value, as_number })?;
            }
            list.end()
        });
    }

    fn map(&mut self, length: usize, entries: &mut dyn Iterator<Item = (&str, &dyn Value)>) {
        let as_number = self.as_number;
        self.with(|serializer| {
            let mut map = serializer.serialize_map(Some(length))?;
            for (key, value) in entries {
                map.serialize_entry(key, &Written { value, as_number })?;
            }
            map.end()
        });
    }

    fn object(&mut self, table: &'static Table, values: &[&dyn Value], rest: Option<&dyn Rest>) {
        self.with(|serializer| {
            let written = || {
                let properties = table.properties.iter().zip(values);
                properties.filter(|(property, value)| !property.has(flags::optional) || !value.is_absent())
            };
            let rest = rest.map(Rest::entries).unwrap_or_default();
            let length = written().count() + rest.len();
            let mut object = serializer.serialize_map(Some(length))?;
            for (property, value) in written() {
                object.serialize_entry(
                    property.key,
                    &Written { value: *value, as_number: property.has(flags::number) },
                )?;
            }
            for (key, value) in rest {
                object.serialize_entry(key, &Written { value, as_number: table.rest.has(flags::number) })?;
            }
            object.end()
        });
    }
}
