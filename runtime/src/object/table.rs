//! The properties of an object.

use std::fmt::{self, Debug, Formatter};

use super::{Rest, Value};
use crate::value::Redacted;

/// A struct that has a table.
pub trait Object {
    /// Its properties, in the order of the document.
    const TABLE: &'static Table;
}

/// The properties of an object.
pub struct Table {
    /// The name of the struct.
    pub name: &'static str,
    /// The properties that have a field.
    pub properties: &'static [Property],
    /// The properties that have none.
    pub rest: Property,
}

/// A property that has a field.
pub struct Property {
    /// The name of the field.
    field: &'static str,
    /// The name on the wire.
    pub(super) key: &'static str,
    pub(super) presence: Presence,
    /// Whether the decimals in its value are numbers on the wire, and not strings.
    pub(super) is_number: bool,
    /// Whether the decimals in its value are amounts, which are sent only if they are more than zero.
    pub(super) is_above_zero: bool,
    is_sensitive: bool,
    is_hidden: bool,
}

/// Whether a property may be absent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// It has a value.
    Required,
    /// It has a value or is null.
    Nullable,
    /// It has a value, is null or is absent. Without a value, it is written as absent.
    Optional,
}

impl Property {
    /// A property that has to be there.
    pub const fn new(field: &'static str, key: &'static str) -> Property {
        let presence = Presence::Required;
        Property {
            field,
            key,
            presence,
            is_number: false,
            is_above_zero: false,
            is_sensitive: false,
            is_hidden: false,
        }
    }

    /// It may be absent. Its field is an `Option`.
    pub const fn optional(self) -> Property {
        Property { presence: Presence::Optional, ..self }
    }

    /// It has to be there, and may be null. Its field is an `Option`.
    pub const fn nullable(self) -> Property {
        Property { presence: Presence::Nullable, ..self }
    }

    /// The decimals in its value are numbers on the wire.
    pub const fn number(self) -> Property {
        Property { is_number: true, ..self }
    }

    /// The decimals in its value are amounts, which are sent only if they are more than zero.
    pub const fn above_zero(self) -> Property {
        Property { is_above_zero: true, ..self }
    }

    /// `Debug` does not print its value.
    pub const fn sensitive(self) -> Property {
        Property { is_sensitive: true, ..self }
    }

    /// `Debug` does not print it at all: it is a tag with one value, which callers never see.
    pub const fn hidden(self) -> Property {
        Property { is_hidden: true, ..self }
    }
}

/// What `Debug` prints of an object, given the values of its properties.
pub fn debug(
    table: &Table,
    values: &[&dyn Value],
    rest: Option<&dyn Rest>,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let mut object = f.debug_struct(table.name);
    for (property, value) in table.properties.iter().zip(values).filter(|(property, _)| !property.is_hidden) {
        let redacted: &dyn Debug = match (property.presence, value.is_absent()) {
            (Presence::Required, _) => &Redacted,
            (_, true) => &None::<Redacted>,
            (_, false) => &Some(Redacted),
        };
        object.field(property.field, if property.is_sensitive { redacted } else { value });
    }
    if let Some(rest) = rest {
        object.field(table.rest.field, if table.rest.is_sensitive { &Redacted } else { rest });
    }
    object.finish()
}
