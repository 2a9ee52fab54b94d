//! Reads values from any serde `Deserializer`. The deserializer is behind a trait object, so that the generated code is
//! not generic over its type.

use std::fmt::{self, Display};

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::table::{PropertyTable, flags};
use super::values::{OtherProperties, SerdeValueReader, Value};
use crate::json::{describe_error_without_values_and_location, deserialize_nested_value};

/// The error for a value that could not be read. It does not contain the reason. The [`ValueReader`] stores the reason,
/// because only the reader knows the error type of the deserializer.
#[derive(Debug)]
pub struct ReadFailure(());

impl ReadFailure {
    /// Makes the error for a failure whose reason the [`ValueReader`] has already recorded.
    pub fn already_recorded() -> ReadFailure {
        ReadFailure(())
    }
}

/// Reads one value from a deserializer. Each method consumes the value, so only one of them may be called, and only
/// once.
pub trait ValueReader: SerdeValueReader {
    /// Reads a value that may be null. Calls the function `read` if the value is not null.
    ///
    /// # Errors
    ///
    /// When the value does not fit its type.
    fn read_nullable(&mut self, read: Read<'_>) -> Result<(), ReadFailure>;

    /// Reads a list. Calls the function `read` for each item.
    ///
    /// # Errors
    ///
    /// When the value is not a list, or an item does not fit its type.
    fn read_list(&mut self, read: Read<'_>) -> Result<(), ReadFailure>;

    /// Reads an object with any keys. Calls the function `read` with each key and a reader of its value.
    ///
    /// # Errors
    ///
    /// When the value is not an object, or one of its values does not fit its type.
    fn read_map(&mut self, read: ReadEntry<'_>) -> Result<(), ReadFailure>;

    /// Reads an object. The value of each property in `table` is stored in the slot with the same index in `slots`.
    /// Other properties are stored in `rest`, or ignored if `rest` is `None`.
    ///
    /// # Errors
    ///
    /// When the value is not an object, one of its values does not fit its type, or a property is missing or repeated.
    fn read_object(
        &mut self,
        table: &'static PropertyTable,
        slots: &mut [PropertySlot<'_>],
        rest: Option<&mut dyn OtherProperties>,
    ) -> Result<(), ReadFailure>;

    /// Records why a value that was read is not valid for its type. Returns the error that the caller has to return.
    fn record_failure(&mut self, why: &dyn Display) -> ReadFailure;
}

type Read<'a> = &'a mut dyn FnMut(&mut dyn ValueReader) -> Result<(), ReadFailure>;
type ReadEntry<'a> = &'a mut dyn FnMut(String, &mut dyn ValueReader) -> Result<(), ReadFailure>;

/// Where the value of one property is stored while an object is read.
pub struct PropertySlot<'a> {
    /// The `Option` in which the value of the property is stored. It is `None` at first.
    pub target: &'a mut dyn ReadTarget,
    /// Whether the object contains the property, even if its value is null.
    pub is_present: bool,
}

/// An `Option` into which a value is read. The trait hides the type of the value.
pub trait ReadTarget {
    /// Sets this `Option` to `None`.
    fn clear(&mut self);

    /// Whether this `Option` is `Some`.
    fn has_value(&self) -> bool;

    /// Reads a value and stores it in `self`, which is an `Option`. If `may_be_null` is true, JSON null is accepted and
    /// stored as `None`.
    ///
    /// # Errors
    ///
    /// When the value does not fit its type.
    fn read_value(&mut self, may_be_null: bool, reader: &mut dyn ValueReader) -> Result<(), ReadFailure>;
}

impl<T: Value> ReadTarget for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }

    fn has_value(&self) -> bool {
        self.is_some()
    }

    fn read_value(&mut self, may_be_null: bool, reader: &mut dyn ValueReader) -> Result<(), ReadFailure> {
        *self = if may_be_null { <Option<T> as Value>::read(reader)? } else { Some(T::read(reader)?) };
        Ok(())
    }
}

/// Reads a value from any serde `Deserializer`.
///
/// # Errors
///
/// When the value does not fit its type.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut reading = DeserializerReader::new(deserializer);
    T::read(&mut reading).map_err(|failed| reading.into_error(failed))
}

/// A [`ValueReader`] that reads one value from a serde `Deserializer`. If reading fails, it stores the error, which has
/// the type `E`.
pub(super) struct DeserializerReader<D, E> {
    /// The deserializer; `None` after the value was read.
    deserializer: Option<D>,
    error: Option<E>,
}

impl<'de, D: Deserializer<'de>> DeserializerReader<D, D::Error> {
    fn new(deserializer: D) -> Self {
        DeserializerReader { deserializer: Some(deserializer), error: None }
    }

    /// Passes the deserializer to the function `read`, and returns the value that this function reads. If the function
    /// fails, the reader stores the error.
    pub(super) fn read_with<T>(
        &mut self,
        read: impl FnOnce(D) -> Result<T, D::Error>,
    ) -> Result<T, ReadFailure> {
        let read = match self.deserializer.take() {
            Some(deserializer) => read(deserializer),
            None => Err(D::Error::custom("the value was read before")),
        };
        read.map_err(|error| {
            self.error = Some(error);
            ReadFailure(())
        })
    }

    /// Returns the error that this reader stored when reading failed.
    fn into_error(self, _: ReadFailure) -> D::Error {
        self.error.unwrap_or_else(|| D::Error::custom("the value does not fit"))
    }
}

impl<'de, D: Deserializer<'de>> ValueReader for DeserializerReader<D, D::Error> {
    fn read_nullable(&mut self, read: Read<'_>) -> Result<(), ReadFailure> {
        self.read_with(|deserializer| deserializer.deserialize_option(ReadFnSeed(read)))
    }

    fn read_list(&mut self, read: Read<'_>) -> Result<(), ReadFailure> {
        self.read_with(|deserializer| deserializer.deserialize_seq(ListVisitor(read)))
    }

    fn read_map(&mut self, read: ReadEntry<'_>) -> Result<(), ReadFailure> {
        self.read_with(|deserializer| deserializer.deserialize_map(MapVisitor(read)))
    }

    fn read_object(
        &mut self,
        table: &'static PropertyTable,
        slots: &mut [PropertySlot<'_>],
        rest: Option<&mut dyn OtherProperties>,
    ) -> Result<(), ReadFailure> {
        self.read_with(|deserializer| deserializer.deserialize_map(ObjectVisitor { table, slots, rest }))
    }

    fn record_failure(&mut self, why: &dyn Display) -> ReadFailure {
        self.error = Some(D::Error::custom(why));
        ReadFailure(())
    }
}

/// An `Option` of a type that implements serde's `Deserialize`, but not [`Value`]. Its value is deserialized from JSON
/// text.
pub(crate) struct SerdeOption<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned> ReadTarget for SerdeOption<T> {
    fn clear(&mut self) {
        self.0 = None;
    }

    fn has_value(&self) -> bool {
        self.0.is_some()
    }

    fn read_value(&mut self, may_be_null: bool, reader: &mut dyn ValueReader) -> Result<(), ReadFailure> {
        let json = reader.read_json()?;
        self.0 = match may_be_null && json.is_null() {
            true => None,
            false => {
                let read = deserialize_nested_value(json.as_json_text()).map_err(|error| {
                    reader.record_failure(&describe_error_without_values_and_location(&error))
                });
                Some(read?)
            }
        };
        Ok(())
    }
}

impl dyn ReadTarget + '_ {
    /// Parses a JSON text, and stores the value in this target, which is an `Option`. Fails if the text contains
    /// anything after the value.
    pub(crate) fn set_from_json(&mut self, text: &[u8]) -> serde_json::Result<()> {
        let mut parser = serde_json::Deserializer::from_slice(text);
        OptionSeed { target: self, may_be_null: false }.deserialize(&mut parser)?;
        parser.end()
    }
}

/// A serde seed that reads a value into an `Option`. If `may_be_null` is set, the `Option` becomes `None` for null;
/// otherwise null is read like any other value.
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

/// A serde seed that reads a value by calling a function. It is also the visitor of a value that may be null. The
/// visitor calls the function only if the value is not null.
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
            keeps_names_not_in_table: self.rest.is_some(),
        })? {
            let found = match key {
                PropertyName::InTable(index) => {
                    properties.get(index).zip(self.slots.get_mut(index)).map(|at| (index, at))
                }
                PropertyName::NotInTable(mut key) => {
                    if let Some(rest) = &mut self.rest {
                        map.next_value_seed(ReadFnSeed(&mut |reader| {
                            rest.read_and_store_property(std::mem::take(&mut key), reader)
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

/// A serde seed that reads the name of a property, and finds the property in the property table of the object.
struct PropertyNameSeed {
    table: &'static PropertyTable,
    /// The position in `table` of the property that is expected next. Most responses have their properties in the order
    /// of the table, so this is the property after the one that was read last. A received name is first compared with
    /// the name of the expected property.
    expected_index: usize,
    /// Whether the name of a received property is kept if the property table does not list it. If false, such a name is
    /// replaced by an empty string.
    keeps_names_not_in_table: bool,
}

enum PropertyName {
    /// The name is in the table of properties, at this index.
    InTable(usize),
    /// The name is not in the table of properties. The variant contains the received name, or an empty string if
    /// `PropertyNameSeed` does not keep such names.
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
            PropertyName::NotInTable(if self.keeps_names_not_in_table {
                key.to_owned()
            } else {
                String::new()
            })
        };
        Ok(found.map_or_else(other, PropertyName::InTable))
    }
}
