//! The types that properties of generated structs can have.

use std::collections::BTreeMap;
use std::fmt::Debug;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::read::DeserializerReader;
use super::write::SerializerWriter;
use super::{Failed, ValueReader, ValueWriter};
use crate::{Decimal, Json, JsonObject};

/// A value that can be read from JSON, and written as JSON.
pub trait Value: Debug {
    /// Reads a value of this type.
    ///
    /// # Errors
    ///
    /// When the JSON does not fit the type. The reader keeps the reason.
    fn read(reader: &mut dyn ValueReader) -> Result<Self, Failed>
    where
        Self: Sized;

    /// Writes the value. The writer keeps any error.
    fn write(&self, writer: &mut dyn ValueWriter);

    /// Whether the value is an `Option` without a value.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Value> Value for Option<T> {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, Failed> {
        let mut value = None;
        reader.optional(&mut |reader| T::read(reader).map(|read| value = Some(read)))?;
        Ok(value)
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        match self {
            Some(value) => writer.some(value),
            None => writer.none(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Value> Value for Box<T> {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, Failed> {
        T::read(reader).map(Box::new)
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        (**self).write(writer);
    }
}

impl<T: Value> Value for Vec<T> {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, Failed> {
        let mut items = Vec::new();
        reader.list(&mut |reader| T::read(reader).map(|item| items.push(item)))?;
        Ok(items)
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        writer.list(self.len(), &mut self.iter().map(|item| item as &dyn Value));
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, Failed> {
        let mut entries = BTreeMap::new();
        reader.map(&mut |key, reader| T::read(reader).map(|value| drop(entries.insert(key, value))))?;
        Ok(entries)
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        writer.map(self.len(), &mut self.iter().map(|(key, value)| (key.as_str(), value as &dyn Value)));
    }
}

/// The properties of an object for which its struct has no fields.
pub trait OtherProperties: Debug {
    /// Reads the value of a property, and keeps the property.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    fn read(&mut self, key: String, reader: &mut dyn ValueReader) -> Result<(), Failed>;

    /// Returns the names and values of the kept properties.
    fn entries(&self) -> Vec<(&str, &dyn Value)>;
}

impl<T: Value> OtherProperties for BTreeMap<String, T> {
    fn read(&mut self, key: String, reader: &mut dyn ValueReader) -> Result<(), Failed> {
        self.insert(key, T::read(reader)?);
        Ok(())
    }

    fn entries(&self) -> Vec<(&str, &dyn Value)> {
        self.iter().map(|(key, value)| (key.as_str(), value as &dyn Value)).collect()
    }
}

impl OtherProperties for JsonObject {
    fn read(&mut self, key: String, reader: &mut dyn ValueReader) -> Result<(), Failed> {
        OtherProperties::read(&mut **self, key, reader)
    }

    fn entries(&self) -> Vec<(&str, &dyn Value)> {
        OtherProperties::entries(&**self)
    }
}

impl Value for Decimal {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, Failed> {
        reader.decimal()
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        writer.decimal(self);
    }
}

impl Value for String {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, Failed> {
        reader.string()
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        writer.str(self);
    }
}

/// Implements [`Value`] for types that implement serde's traits. Each type gets a method of the reader and a method of
/// the writer.
macro_rules! impl_value_by_serde {
    ($($method:ident: $type:ty;)*) => {
        /// The methods of a value reader for types that implement serde's `Deserialize`.
        pub trait SerdeValueReader {
            /// Reads a decimal.
            ///
            /// # Errors
            ///
            /// When the value is of another type.
            fn decimal(&mut self) -> Result<Decimal, Failed>;

            /// Reads a string.
            ///
            /// # Errors
            ///
            /// When the value is of another type.
            fn string(&mut self) -> Result<String, Failed>;

            $(
                /// Reads a value of this type.
                ///
                /// # Errors
                ///
                /// When the value is of another type.
                fn $method(&mut self) -> Result<$type, Failed>;
            )*
        }

        /// The methods of a value writer for types that implement serde's `Serialize`.
        pub trait SerdeValueWriter {
            $(
                /// Writes a value of this type.
                fn $method(&mut self, _: &$type) {}
            )*
        }

        impl<'de, D: Deserializer<'de>> SerdeValueReader for DeserializerReader<D, D::Error> {
            fn decimal(&mut self) -> Result<Decimal, Failed> {
                self.read_with(Decimal::deserialize)
            }

            fn string(&mut self) -> Result<String, Failed> {
                self.read_with(String::deserialize)
            }

            $(
                fn $method(&mut self) -> Result<$type, Failed> {
                    self.read_with(<$type>::deserialize)
                }
            )*
        }

        impl<S: Serializer> SerdeValueWriter for SerializerWriter<S> {
            $(
                fn $method(&mut self, value: &$type) {
                    self.write_with(|serializer| value.serialize(serializer));
                }
            )*
        }

        $(
            impl Value for $type {
                fn read(reader: &mut dyn ValueReader) -> Result<Self, Failed> {
                    reader.$method()
                }

                fn write(&self, writer: &mut dyn ValueWriter) {
                    writer.$method(self);
                }
            }
        )*
    };
}

impl_value_by_serde! {
    unit: ();
    boolean: bool;
    integer32: i32;
    integer64: i64;
    unsigned64: u64;
    uuid: Uuid;
    date: NaiveDate;
    date_time: DateTime<Utc>;
    json: Json;
    json_object: JsonObject;
}
