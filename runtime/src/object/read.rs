//! Reading a value from any `Deserializer`, behind a trait object, so that no type of a document is generic over it.

use std::fmt::{self, Display};

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::table::{Table, flags};
use super::values::{ReadSerde, Rest, Value};
use crate::json::{nested, without_location};

/// A value could not be read. The reader keeps the reason, because only it knows the type of the error.
#[derive(Debug)]
pub struct Failed(());

impl Failed {
    /// The failure whose reason the reader has already.
    pub fn reported() -> Failed {
        Failed(())
    }
}

/// Reads one value. Each method takes it, so only one of them is called, and once.
pub trait ValueReader: ReadSerde {
    /// Reads a value that may be null: `read` is called when it is not.
    ///
    /// # Errors
    ///
    /// When it does not fit.
    fn optional(&mut self, read: Read<'_>) -> Result<(), Failed>;

    /// Reads a list: `read` is called for each item.
    ///
    /// # Errors
    ///
    /// When it is none, or an item does not fit.
    fn list(&mut self, read: Read<'_>) -> Result<(), Failed>;

    /// Reads an object with any keys: `read` is called for each of its values.
    ///
    /// # Errors
    ///
    /// When it is none, or a value does not fit.
    fn map(&mut self, read: ReadEntry<'_>) -> Result<(), Failed>;

    /// Reads an object into a slot for each property of its table. Other properties are kept in `rest`, or ignored.
    ///
    /// # Errors
    ///
    /// When it is none, a value does not fit, or a property is missing or repeated.
    fn object(
        &mut self,
        table: &'static Table,
        slots: &mut [Slot<'_>],
        rest: Option<&mut dyn Rest>,
    ) -> Result<(), Failed>;

    /// Reports why a value does not fit that was read.
    fn fail(&mut self, why: &dyn Display) -> Failed;
}

type Read<'a> = &'a mut dyn FnMut(&mut dyn ValueReader) -> Result<(), Failed>;
type ReadEntry<'a> = &'a mut dyn FnMut(String, &mut dyn ValueReader) -> Result<(), Failed>;

/// Where the value of a property goes.
pub struct Slot<'a> {
    /// An `Option` that has no value yet.
    pub value: &'a mut dyn ReadInto,
    /// Whether the property was there, as a value or null.
    pub is_seen: bool,
}

/// An `Option` that a value is read into.
pub trait ReadInto {
    /// Empties it.
    fn clear(&mut self);

    /// Whether it has a value.
    fn has_value(&self) -> bool;

    /// Reads a value, or with `may_be_null` also a null, which leaves the `Option` empty.
    ///
    /// # Errors
    ///
    /// When it does not fit.
    fn read(&mut self, may_be_null: bool, reader: &mut dyn ValueReader) -> Result<(), Failed>;
}

impl<T: Value> ReadInto for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }

    fn has_value(&self) -> bool {
        self.is_some()
    }

    fn read(&mut self, may_be_null: bool, reader: &mut dyn ValueReader) -> Result<(), Failed> {
        *self = if may_be_null { <Option<T> as Value>::read(reader)? } else { Some(T::read(reader)?) };
        Ok(())
    }
}

/// Reads a value from any `Deserializer`.
///
/// # Errors
///
/// When it does not fit.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut reading = Reading::new(deserializer);
    T::read(&mut reading).map_err(|failed| reading.error(failed))
}

/// A reader of the value of a `Deserializer` whose errors are `E`s.
pub(super) struct Reading<D, E> {
    /// Nothing once the value was read.
    deserializer: Option<D>,
    error: Option<E>,
}

impl<'de, D: Deserializer<'de>> Reading<D, D::Error> {
    fn new(deserializer: D) -> Self {
        Reading { deserializer: Some(deserializer), error: None }
    }

    /// Reads the value, and keeps the error.
    pub(super) fn with<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> Result<T, Failed> {
        let read = match self.deserializer.take() {
            Some(deserializer) => read(deserializer),
            None => Err(D::Error::custom("the value was read before")),
        };
        read.map_err(|error| {
            self.error = Some(error);
            Failed(())
        })
    }

    /// The reason of a failure.
    fn error(self, _: Failed) -> D::Error {
        self.error.unwrap_or_else(|| D::Error::custom("the value does not fit"))
    }
}

impl<'de, D: Deserializer<'de>> ValueReader for Reading<D, D::Error> {
    fn optional(&mut self, read: Read<'_>) -> Result<(), Failed> {
        self.with(|deserializer| deserializer.deserialize_option(Any(read)))
    }

    fn list(&mut self, read: Read<'_>) -> Result<(), Failed> {
        self.with(|deserializer| deserializer.deserialize_seq(List(read)))
    }

    fn map(&mut self, read: ReadEntry<'_>) -> Result<(), Failed> {
        self.with(|deserializer| deserializer.deserialize_map(Map(read)))
    }

    fn object(
        &mut self,
        table: &'static Table,
        slots: &mut [Slot<'_>],
        rest: Option<&mut dyn Rest>,
    ) -> Result<(), Failed> {
        self.with(|deserializer| deserializer.deserialize_map(Object { table, slots, rest }))
    }

    fn fail(&mut self, why: &dyn Display) -> Failed {
        self.error = Some(D::Error::custom(why));
        Failed(())
    }
}

/// An `Option` of a type that only serde knows, which is read from the text of the value.
pub(crate) struct BySerde<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned> ReadInto for BySerde<T> {
    fn clear(&mut self) {
        self.0 = None;
    }

    fn has_value(&self) -> bool {
        self.0.is_some()
    }

    fn read(&mut self, may_be_null: bool, reader: &mut dyn ValueReader) -> Result<(), Failed> {
        let json = reader.json()?;
        self.0 = match may_be_null && json.is_null() {
            true => None,
            false => {
                let read = nested(json.as_json()).map_err(|error| reader.fail(&without_location(&error)));
                Some(read?)
            }
        };
        Ok(())
    }
}

impl dyn ReadInto + '_ {
    /// Reads all of a JSON text.
    pub(crate) fn read_json(&mut self, text: &[u8]) -> serde_json::Result<()> {
        let mut parser = serde_json::Deserializer::from_slice(text);
        Into { value: self, may_be_null: false }.deserialize(&mut parser)?;
        parser.end()
    }
}

/// Reads a value from a `Deserializer` into an `Option`, which a null leaves empty where `may_be_null` is set.
pub(crate) struct Into<'a> {
    pub(crate) value: &'a mut dyn ReadInto,
    pub(crate) may_be_null: bool,
}

impl<'de> DeserializeSeed<'de> for Into<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reading = Reading::new(deserializer);
        self.value.read(self.may_be_null, &mut reading).map_err(|failed| reading.error(failed))
    }
}

/// Any value, which may be null where an `Option` is expected.
struct Any<'a>(Read<'a>);

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reading = Reading::new(deserializer);
        (self.0)(&mut reading).map_err(|failed| reading.error(failed))
    }
}

impl<'de> Visitor<'de> for Any<'_> {
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

struct List<'a>(Read<'a>);

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(Any(self.0))?.is_some() {}
        Ok(())
    }
}

struct Map<'a>(ReadEntry<'a>);

impl<'de> Visitor<'de> for Map<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(mut key) = map.next_key::<String>()? {
            map.next_value_seed(Any(&mut |reader| (self.0)(std::mem::take(&mut key), reader)))?;
        }
        Ok(())
    }
}

struct Object<'a, 's, 'r> {
    table: &'static Table,
    slots: &'a mut [Slot<'s>],
    rest: Option<&'r mut dyn Rest>,
}

impl<'de> Visitor<'de> for Object<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.table.name)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let properties = self.table.properties;
        let mut next = 0;
        while let Some(key) = map.next_key_seed(Key { table: self.table, next, keep: self.rest.is_some() })? {
            let found = match key {
                Found::Property(index) => {
                    properties.get(index).zip(self.slots.get_mut(index)).map(|at| (index, at))
                }
                Found::Other(mut key) => {
                    if let Some(rest) = &mut self.rest {
                        map.next_value_seed(Any(&mut |reader| rest.read(std::mem::take(&mut key), reader)))?;
                        continue;
                    }
                    None
                }
            };
            let Some((index, (property, slot))) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if std::mem::replace(&mut slot.is_seen, true) {
                return Err(A::Error::duplicate_field(property.key));
            }
            let may_be_null = property.has(flags::optional | flags::nullable);
            map.next_value_seed(Into { value: &mut *slot.value, may_be_null })?;
            next = index + 1;
        }
        let missing = |(property, slot): &(&super::Property, &Slot<'_>)| {
            !slot.is_seen && !property.has(flags::optional)
        };
        match properties.iter().zip(&*self.slots).find(missing) {
            Some((property, _)) => Err(A::Error::missing_field(property.key)),
            None => Ok(()),
        }
    }
}

/// A key of an object.
struct Key {
    table: &'static Table,
    /// The property that comes next in the document, and mostly on the wire.
    next: usize,
    /// Whether the name of a property without a field is kept.
    keep: bool,
}

enum Found {
    /// The property at this index.
    Property(usize),
    /// A property without a field. Its name is empty unless it is kept.
    Other(String),
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E>(self, key: &str) -> Result<Found, E> {
        let properties = self.table.properties;
        if properties.get(self.next).is_some_and(|property| property.key == key) {
            return Ok(Found::Property(self.next));
        }
        let found = properties.iter().position(|property| property.key == key);
        let other = || Found::Other(if self.keep { key.to_owned() } else { String::new() });
        Ok(found.map_or_else(other, Found::Property))
    }
}
