//! Reads values from any serde `Deserializer`. The deserializer is behind a trait object, so that no generated type is
//! generic over it.

use std::fmt::{self, Display};

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::table::{PropertyTable, flags};
use super::values::{OtherProperties, SerdeValueReader, Value};
use crate::json::{describe_without_values_and_location, deserialize_nested};

/// The failure of reading a value. The reader keeps the reason, because only the reader knows the type of the error.
#[derive(Debug)]
pub struct Failed(());

impl Failed {
    /// Returns the failure for an error that was already reported to the reader.
    pub fn reported() -> Failed {
        Failed(())
    }
}

/// Reads one value from a deserializer. Each method consumes the value, so only one of them may be called, and only
/// once.
pub trait ValueReader: SerdeValueReader {
    /// Reads a value that may be null. Calls `read` if the value is not null.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    fn read_nullable(&mut self, read: Read<'_>) -> Result<(), Failed>;

    /// Reads a list. Calls `read` for each item.
    ///
    /// # Errors
    ///
    /// When the value is not a list, or an item does not fit.
    fn read_list(&mut self, read: Read<'_>) -> Result<(), Failed>;

    /// Reads an object with any keys. Calls `read` for each value.
    ///
    /// # Errors
    ///
    /// When the value is not an object, or one of its values does not fit.
    fn read_map(&mut self, read: ReadEntry<'_>) -> Result<(), Failed>;

    /// Reads an object into `slots`, which has one slot for the value of each property in `table`. Other properties are
    /// kept in `rest`, or ignored if `rest` is `None`.
    ///
    /// # Errors
    ///
    /// When the value is not an object, one of its values does not fit, or a property is missing or repeated.
    fn read_object(
        &mut self,
        table: &'static PropertyTable,
        slots: &mut [PropertySlot<'_>],
        rest: Option<&mut dyn OtherProperties>,
    ) -> Result<(), Failed>;

    /// Keeps the reason why a value that was already read from this reader does not fit its type. Returns the failure
    /// for the caller to pass on.
    fn fail_with_reason(&mut self, why: &dyn Display) -> Failed;
}

type Read<'a> = &'a mut dyn FnMut(&mut dyn ValueReader) -> Result<(), Failed>;
type ReadEntry<'a> = &'a mut dyn FnMut(String, &mut dyn ValueReader) -> Result<(), Failed>;

/// The variable into which the value of one property is read, while its object is read.
pub struct PropertySlot<'a> {
    /// The `Option` that gets the value of the property. It is empty at first.
    pub target: &'a mut dyn ReadTarget,
    /// Whether the object had the property, with a value or null.
    pub is_present: bool,
}

/// An `Option` into which a value is read.
pub trait ReadTarget {
    /// Removes the value from the `Option`.
    fn clear(&mut self);

    /// Whether the `Option` has a value.
    fn has_value(&self) -> bool;

    /// Reads a value into this `Option`. If `may_be_null` is set, null is accepted and leaves the `Option` empty.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    fn read_value(&mut self, may_be_null: bool, reader: &mut dyn ValueReader) -> Result<(), Failed>;
}

impl<T: Value> ReadTarget for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }

    fn has_value(&self) -> bool {
        self.is_some()
    }

    fn read_value(&mut self, may_be_null: bool, reader: &mut dyn ValueReader) -> Result<(), Failed> {
        *self = if may_be_null { <Option<T> as Value>::read(reader)? } else { Some(T::read(reader)?) };
        Ok(())
    }
}

/// Reads a value from any serde `Deserializer`.
///
/// # Errors
///
/// When the value does not fit.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut reading = DeserializerReader::new(deserializer);
    T::read(&mut reading).map_err(|failed| reading.into_error(failed))
}

/// A reader of one value from a `Deserializer`. If reading fails, it keeps the error, whose type is `E`.
pub(super) struct DeserializerReader<D, E> {
    /// The deserializer; `None` after the value was read.
    deserializer: Option<D>,
    error: Option<E>,
}

impl<'de, D: Deserializer<'de>> DeserializerReader<D, D::Error> {
    fn new(deserializer: D) -> Self {
        DeserializerReader { deserializer: Some(deserializer), error: None }
    }

    /// Reads the value with the function `read`, and keeps the error if the function fails.
    pub(super) fn read_with<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> Result<T, Failed> {
        let read = match self.deserializer.take() {
            Some(deserializer) => read(deserializer),
            None => Err(D::Error::custom("the value was read before")),
        };
        read.map_err(|error| {
            self.error = Some(error);
            Failed(())
        })
    }

    /// Returns the error that the failed read has left in this reader.
    fn into_error(self, _: Failed) -> D::Error {
        self.error.unwrap_or_else(|| D::Error::custom("the value does not fit"))
    }
}

impl<'de, D: Deserializer<'de>> ValueReader for DeserializerReader<D, D::Error> {
    fn read_nullable(&mut self, read: Read<'_>) -> Result<(), Failed> {
        self.read_with(|deserializer| deserializer.deserialize_option(ReadFnSeed(read)))
    }

    fn read_list(&mut self, read: Read<'_>) -> Result<(), Failed> {
        self.read_with(|deserializer| deserializer.deserialize_seq(ListVisitor(read)))
    }

    fn read_map(&mut self, read: ReadEntry<'_>) -> Result<(), Failed> {
        self.read_with(|deserializer| deserializer.deserialize_map(MapVisitor(read)))
    }

    fn read_object(
        &mut self,
        table: &'static PropertyTable,
        slots: &mut [PropertySlot<'_>],
        rest: Option<&mut dyn OtherProperties>,
    ) -> Result<(), Failed> {
        self.read_with(|deserializer| deserializer.deserialize_map(ObjectVisitor { table, slots, rest }))
    }

    fn fail_with_reason(&mut self, why: &dyn Display) -> Failed {
        self.error = Some(D::Error::custom(why));
        Failed(())
    }
}

/// An `Option` of a type that implements only serde's traits, and not [`Value`]. It is deserialized from the JSON text
/// of the value.
pub(crate) struct SerdeOption<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned> ReadTarget for SerdeOption<T> {
    fn clear(&mut self) {
        self.0 = None;
    }

    fn has_value(&self) -> bool {
        self.0.is_some()
    }

    fn read_value(&mut self, may_be_null: bool, reader: &mut dyn ValueReader) -> Result<(), Failed> {
        let json = reader.read_json()?;
        self.0 = match may_be_null && json.is_null() {
            true => None,
            false => {
                let read = deserialize_nested(json.as_json_text())
                    .map_err(|error| reader.fail_with_reason(&describe_without_values_and_location(&error)));
                Some(read?)
            }
        };
        Ok(())
    }
}

impl dyn ReadTarget + '_ {
    /// Reads a complete JSON text into the `Option`.
    pub(crate) fn read_json(&mut self, text: &[u8]) -> serde_json::Result<()> {
        let mut parser = serde_json::Deserializer::from_slice(text);
        OptionSeed { target: self, may_be_null: false }.deserialize(&mut parser)?;
        parser.end()
    }
}

/// A serde seed that reads a value into an `Option`. Null leaves the `Option` empty if `may_be_null` is set, and is
/// otherwise read like any other value.
pub(crate) struct OptionSeed<'a> {
    pub(crate) target: &'a mut dyn ReadTarget,
    pub(crate) may_be_null: bool,
}

impl<'de> DeserializeSeed<'de> for OptionSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reading = DeserializerReader::new(deserializer);
        self.target.read_value(self.may_be_null, &mut reading).map_err(|failed| reading.into_error(failed))
    }
}

/// A serde seed that calls a function to read a value. It is also the visitor of a value that may be null, and does not
/// call the function for null.
struct ReadFnSeed<'a>(Read<'a>);

impl<'de> DeserializeSeed<'de> for ReadFnSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reading = DeserializerReader::new(deserializer);
        (self.0)(&mut reading).map_err(|failed| reading.into_error(failed))
    }
}

impl<'de> Visitor<'de> for ReadFnSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("option")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }
}

struct ListVisitor<'a>(Read<'a>);

impl<'de> Visitor<'de> for ListVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(ReadFnSeed(self.0))?.is_some() {}
        Ok(())
    }
}

struct MapVisitor<'a>(ReadEntry<'a>);

impl<'de> Visitor<'de> for MapVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(mut key) = map.next_key::<String>()? {
            map.next_value_seed(ReadFnSeed(&mut |reader| (self.0)(std::mem::take(&mut key), reader)))?;
        }
        Ok(())
    }
}

struct ObjectVisitor<'a, 's, 'r> {
    table: &'static PropertyTable,
    slots: &'a mut [PropertySlot<'s>],
    rest: Option<&'r mut dyn OtherProperties>,
}

impl<'de> Visitor<'de> for ObjectVisitor<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.table.struct_name)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let properties = self.table.properties;
        let mut expected_index = 0;
        while let Some(key) = map.next_key_seed(PropertyNameSeed {
            table: self.table,
            expected_index,
            keeps_other_property_names: self.rest.is_some(),
        })? {
            let found = match key {
                PropertyName::InTable(index) => {
                    properties.get(index).zip(self.slots.get_mut(index)).map(|at| (index, at))
                }
                PropertyName::NotInTable(mut key) => {
                    if let Some(rest) = &mut self.rest {
                        map.next_value_seed(ReadFnSeed(&mut |reader| {
                            rest.read_property(std::mem::take(&mut key), reader)
                        }))?;
                        continue;
                    }
                    None
                }
            };
            let Some((index, (property, slot))) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if std::mem::replace(&mut slot.is_present, true) {
                return Err(A::Error::duplicate_field(property.wire_name));
            }
            let may_be_null = property.has_any_flag(flags::optional | flags::nullable);
            map.next_value_seed(OptionSeed { target: &mut *slot.target, may_be_null })?;
            expected_index = index + 1;
        }
        let missing = |(property, slot): &(&super::Property, &PropertySlot<'_>)| {
            !slot.is_present && !property.has_any_flag(flags::optional)
        };
        match properties.iter().zip(&*self.slots).find(missing) {
            Some((property, _)) => Err(A::Error::missing_field(property.wire_name)),
            None => Ok(()),
        }
    }
}

/// A serde seed that looks up the name of a property in the table of an object.
struct PropertyNameSeed {
    table: &'static PropertyTable,
    /// The index of the property after the one that was read last. Most responses have the properties in the order of
    /// the table, so the received name is first compared with the name of this property.
    expected_index: usize,
    /// Whether the names of properties for which the struct has no field are kept.
    keeps_other_property_names: bool,
}

enum PropertyName {
    /// The name is in the table, at this index.
    InTable(usize),
    /// The name is not in the table. The text is the name, or empty if such names are not kept.
    NotInTable(String),
}

impl<'de> DeserializeSeed<'de> for PropertyNameSeed {
    type Value = PropertyName;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<PropertyName, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for PropertyNameSeed {
    type Value = PropertyName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E>(self, key: &str) -> Result<PropertyName, E> {
        let properties = self.table.properties;
        if properties.get(self.expected_index).is_some_and(|property| property.wire_name == key) {
            return Ok(PropertyName::InTable(self.expected_index));
        }
        let found = properties.iter().position(|property| property.wire_name == key);
        let other = || {
            PropertyName::NotInTable(if self.keeps_other_property_names {
                key.to_owned()
            } else {
                String::new()
            })
        };
        Ok(found.map_or_else(other, PropertyName::InTable))
    }
}
