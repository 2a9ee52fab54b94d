//! The table of an object's properties.

use std::fmt::{self, Debug, Formatter};

use super::{Rest, Value};
use crate::value::Redacted;

/// A generated struct with a table of its properties.
pub trait Object {
    /// The table of the struct's properties, in the order of the OpenAPI document.
    const TABLE: &'static Table;
}

/// The table of an object's properties.
pub struct Table {
    /// The name of the struct.
    pub name: &'static str,
    /// The properties for which the struct has a field.
    pub properties: &'static [Property],
    /// The description of all other properties, for which the struct has no field.
    pub rest: Property,
}

/// A property of an object, and how its value is read, written and printed.
pub struct Property {
    /// The name of the struct's field.
    field_name: &'static str,
    /// The name of the property on the wire.
    pub(super) wire_name: &'static str,
    pub(super) presence: Presence,
    /// Whether the decimals in the property's value are written as JSON numbers instead of strings.
    pub(super) is_number: bool,
    /// Whether the decimals in the property's value are amounts, which are sent only if they are more than zero.
    pub(super) must_be_above_zero: bool,
    is_sensitive: bool,
    is_hidden: bool,
}

/// Whether a property may be null or absent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// The property always has a value.
    Required,
    /// The property is always there, and may be null.
    Nullable,
    /// The property may be null or absent. A field without a value is written as an absent property.
    Optional,
}

impl Property {
    /// Makes a required property.
    pub const fn new(field: &'static str, key: &'static str) -> Property {
        let presence = Presence::Required;
        Property {
            field_name: field,
            wire_name: key,
            presence,
            is_number: false,
            must_be_above_zero: false,
            is_sensitive: false,
            is_hidden: false,
        }
    }

    /// Makes the property optional: it may be absent. Its field is an `Option`.
    pub const fn optional(self) -> Property {
        Property { presence: Presence::Optional, ..self }
    }

    /// Makes the property nullable: it has to be there, and may be null. Its field is an `Option`.
    pub const fn nullable(self) -> Property {
        Property { presence: Presence::Nullable, ..self }
    }

    /// Writes the decimals in the property's value as JSON numbers.
    pub const fn number(self) -> Property {
        Property { is_number: true, ..self }
    }

    /// Declares that the decimals in the property's value are amounts, which are sent only if they are more than zero.
    pub const fn above_zero(self) -> Property {
        Property { must_be_above_zero: true, ..self }
    }

    /// Makes `Debug` print `[redacted]` instead of the property's value.
    pub const fn sensitive(self) -> Property {
        Property { is_sensitive: true, ..self }
    }

    /// Hides the property from `Debug`, because it is a tag with only one possible value, which callers never see.
    pub const fn hidden(self) -> Property {
        Property { is_hidden: true, ..self }
    }
}

/// Implements `Debug` for an object with this table and the values of its properties.
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
        object.field(property.field_name, if property.is_sensitive { redacted } else { value });
    }
    if let Some(rest) = rest {
        object.field(table.rest.field_name, if table.rest.is_sensitive { &Redacted } else { rest });
    }
    object.finish()
}
