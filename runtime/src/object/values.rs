//! The types that properties of generated structs can have.

use std::collections::BTreeMap;
use std::fmt::Debug;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::read::DeserializerReader;
use super::write::SerializerWriter;
use super::{ReadFailure, ValueReader, ValueWriter};
use crate::{Decimal, Json, JsonObject};

/// A value that can be read from JSON, and written as JSON.
pub trait Value: Debug {
    /// Reads a value of this type.
    ///
    /// # Errors
    ///
    /// When the JSON does not fit the type. The reader stores the reason.
    fn read(reader: &mut dyn ValueReader) -> Result<Self, ReadFailure>
    where
        Self: Sized;

    /// Writes the value. If this fails, the writer stores the error.
    fn write(&self, writer: &mut dyn ValueWriter);

    /// Whether the value is an `Option` without a value.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Value> Value for Option<T> {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, ReadFailure> {
        let mut value = None;
        reader.read_nullable(&mut |reader| T::read(reader).map(|read| value = Some(read)))?;
        Ok(value)
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        match self {
            Some(value) => writer.write_some(value),
            None => writer.write_null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Value> Value for Box<T> {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, ReadFailure> {
        T::read(reader).map(Box::new)
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        (**self).write(writer);
    }
}

impl<T: Value> Value for Vec<T> {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, ReadFailure> {
        let mut items = Vec::new();
        reader.read_list(&mut |reader| T::read(reader).map(|item| items.push(item)))?;
        Ok(items)
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        writer.write_list(self.len(), &mut self.iter().map(|item| item as &dyn Value));
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, ReadFailure> {
        let mut entries = BTreeMap::new();
        reader.read_map(&mut |key, reader| T::read(reader).map(|value| drop(entries.insert(key, value))))?;
        Ok(entries)
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        writer
            .write_map(self.len(), &mut self.iter().map(|(key, value)| (key.as_str(), value as &dyn Value)));
    }
}

/// A collection that stores the properties for which a struct has no fields.
pub trait OtherProperties: Debug {
    /// Reads the value of the property `key`, and stores the value under this key in the collection.
    ///
    /// # Errors
    ///
    /// When the value does not fit its type.
    fn read_and_store_property(
        &mut self,
        key: String,
        reader: &mut dyn ValueReader,
    ) -> Result<(), ReadFailure>;

    /// Returns the names and values of the stored properties.
    fn stored_properties(&self) -> Vec<(&str, &dyn Value)>;
}

impl<T: Value> OtherProperties for BTreeMap<String, T> {
    fn read_and_store_property(
        &mut self,
        key: String,
        reader: &mut dyn ValueReader,
    ) -> Result<(), ReadFailure> {
        self.insert(key, T::read(reader)?);
        Ok(())
    }

    fn stored_properties(&self) -> Vec<(&str, &dyn Value)> {
        self.iter().map(|(key, value)| (key.as_str(), value as &dyn Value)).collect()
    }
}

impl OtherProperties for JsonObject {
    fn read_and_store_property(
        &mut self,
        key: String,
        reader: &mut dyn ValueReader,
    ) -> Result<(), ReadFailure> {
        OtherProperties::read_and_store_property(&mut **self, key, reader)
    }

    fn stored_properties(&self) -> Vec<(&str, &dyn Value)> {
        OtherProperties::stored_properties(&**self)
    }
}

impl Value for Decimal {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, ReadFailure> {
        reader.read_decimal()
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        writer.write_decimal(self);
    }
}

impl Value for String {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, ReadFailure> {
        reader.read_string()
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        writer.write_string(self);
    }
}

/// Implements [`Value`] for the listed types, which implement serde's traits. For each type, the macro declares a
/// method of `SerdeValueReader` and a method of `SerdeValueWriter`.
macro_rules! impl_value_by_serde {
    ($($read:ident $write:ident: $type:ty;)*) => {
        /// Additional methods of a value reader: they read values whose types implement serde's `Deserialize`.
        pub trait SerdeValueReader {
            /// Reads a decimal.
            ///
            /// # Errors
            ///
            /// When the value is of another type.
            fn read_decimal(&mut self) -> Result<Decimal, ReadFailure>;

            /// Reads a string.
            ///
            /// # Errors
            ///
            /// When the value is of another type.
            fn read_string(&mut self) -> Result<String, ReadFailure>;

            $(
                /// Reads a value of this type.
                ///
                /// # Errors
                ///
                /// When the value is of another type.
                fn $read(&mut self) -> Result<$type, ReadFailure>;
            )*
        }

        /// Additional methods of a value writer: they write values whose types implement serde's `Serialize`.
        pub trait SerdeValueWriter {
            $(
                /// Writes a value of this type. The default implementation writes nothing.
                fn $write(&mut self, _: &$type) {}
            )*
        }

        impl<'de, D: Deserializer<'de>> SerdeValueReader for DeserializerReader<D, D::Error> {
            fn read_decimal(&mut self) -> Result<Decimal, ReadFailure> {
                self.read_with(Decimal::deserialize)
            }

            fn read_string(&mut self) -> Result<String, ReadFailure> {
                self.read_with(String::deserialize)
            }

            $(
                fn $read(&mut self) -> Result<$type, ReadFailure> {
                    self.read_with(<$type>::deserialize)
                }
            )*
        }

        impl<S: Serializer> SerdeValueWriter for SerializerWriter<S> {
            $(
                fn $write(&mut self, value: &$type) {
                    self.write_with(|serializer| value.serialize(serializer));
                }
            )*
        }

        $(
            impl Value for $type {
                fn read(reader: &mut dyn ValueReader) -> Result<Self, ReadFailure> {
                    reader.$read()
                }

                fn write(&self, writer: &mut dyn ValueWriter) {
                    writer.$write(self);
                }
            }
        )*
    };
}

impl_value_by_serde! {
    read_unit write_unit: ();
    read_boolean write_boolean: bool;
    read_integer32 write_integer32: i32;
    read_integer64 write_integer64: i64;
    read_unsigned64 write_unsigned64: u64;
    read_uuid write_uuid: Uuid;
    read_date write_date: NaiveDate;
    read_date_time write_date_time: DateTime<Utc>;
    read_json write_json: Json;
    read_json_object write_json_object: JsonObject;
}
