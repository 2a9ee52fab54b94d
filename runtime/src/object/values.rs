//! The types that properties can have.

use std::collections::BTreeMap;
use std::fmt::Debug;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::read::Reading;
use super::write::Writing;
use super::{Failed, ValueReader, ValueWriter};
use crate::{Decimal, Json, JsonObject};

/// A value that is read from JSON and written to it.
pub trait Value: Debug {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// When what is there does not fit. The reader keeps the reason.
    fn read(reader: &mut dyn ValueReader) -> Result<Self, Failed>
    where
        Self: Sized;

    /// Writes it. The writer keeps an error.
    fn write(&self, writer: &mut dyn ValueWriter);

    /// Whether it is an `Option` without a value.
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

/// The properties of an object that have no field.
pub trait Rest: Debug {
    /// Reads the value of a property, and keeps it.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    fn read(&mut self, key: String, reader: &mut dyn ValueReader) -> Result<(), Failed>;

    /// The names and values of the properties.
    fn entries(&self) -> Vec<(&str, &dyn Value)>;
}

impl<T: Value> Rest for BTreeMap<String, T> {
    fn read(&mut self, key: String, reader: &mut dyn ValueReader) -> Result<(), Failed> {
        self.insert(key, T::read(reader)?);
        Ok(())
    }

    fn entries(&self) -> Vec<(&str, &dyn Value)> {
        self.iter().map(|(key, value)| (key.as_str(), value as &dyn Value)).collect()
    }
}

impl Rest for JsonObject {
    fn read(&mut self, key: String, reader: &mut dyn ValueReader) -> Result<(), Failed> {
        Rest::read(&mut **self, key, reader)
    }

    fn entries(&self) -> Vec<(&str, &dyn Value)> {
        Rest::entries(&**self)
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

/// Types that serde reads and writes: a method of the reader and one of the writer for each.
macro_rules! serde_values {
    ($($method:ident: $type:ty;)*) => {
        /// The methods of a reader for types that serde reads.
        pub trait ReadSerde {
            /// Reads a decimal.
            ///
            /// # Errors
            ///
            /// When there is none.
            fn decimal(&mut self) -> Result<Decimal, Failed>;

            /// Reads a string.
            ///
            /// # Errors
            ///
            /// When there is none.
            fn string(&mut self) -> Result<String, Failed>;

            $(
                /// Reads a value of this type.
                ///
                /// # Errors
                ///
                /// When there is none.
                fn $method(&mut self) -> Result<$type, Failed>;
            )*
        }

        /// The methods of a writer for types that serde writes.
        pub trait WriteSerde {
            $(
                /// Writes a value of this type.
                fn $method(&mut self, _: &$type) {}
            )*
        }

        impl<'de, D: Deserializer<'de>> ReadSerde for Reading<D, D::Error> {
            fn decimal(&mut self) -> Result<Decimal, Failed> {
                self.with(Decimal::deserialize)
            }

            fn string(&mut self) -> Result<String, Failed> {
                self.with(String::deserialize)
            }

            $(
                fn $method(&mut self) -> Result<$type, Failed> {
                    self.with(<$type>::deserialize)
                }
            )*
        }

        impl<S: Serializer> WriteSerde for Writing<S> {
            $(
                fn $method(&mut self, value: &$type) {
                    self.with(|serializer| value.serialize(serializer));
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

serde_values! {
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
