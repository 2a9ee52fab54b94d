//! The property table of a struct, and the `Debug` output of structs that have such a table.

use std::fmt::{self, Debug, Formatter};

use super::values::SerdeValueWriter;
use super::{OtherProperties, Value, ValueWriter};
use crate::value::Redacted;

/// The properties of a struct. With this table, the struct is read, written and printed.
pub struct PropertyTable {
    /// The name of the struct.
    pub struct_name: &'static str,
    /// The properties for which the struct has a field.
    pub properties: &'static [Property],
    /// Describes all properties for which the struct has no field.
    pub other_properties: Property,
}

/// A property of an object, and how its value is read, written and printed.
pub struct Property {
    /// The name of the struct's field.
    pub field_name: &'static str,
    /// The JSON name of the property.
    pub wire_name: &'static str,
    /// The [`flags`] of the property, combined with `|`.
    pub flags: u8,
}

/// The flags of a property. A property must be present and not null, unless it is `optional` or `nullable`. The flags
/// are constants and not setters, because constants compile faster.
#[allow(non_upper_case_globals, reason = "the macro `object!` takes the flags by these names")]
pub mod flags {
    /// The property may be absent or null. The Rust field of the property is an `Option`. If the field is `None`, the
    /// property is not written.
    pub const optional: u8 = 1;
    /// The property must be present, and may be null. The Rust field of the property is an `Option`.
    pub const nullable: u8 = 1 << 1;
    /// The decimals in the property's value are written as JSON numbers instead of strings.
    pub const number: u8 = 1 << 2;
    /// The decimals in the property's value are amounts. A request is sent only if all its amounts are above zero.
    pub const above_zero: u8 = 1 << 3;
    /// The property is sensitive: `Debug` does not print its value.
    pub const sensitive: u8 = 1 << 4;
    /// `Debug` does not print the property at all, because callers never see it: it is a discriminator with only one
    /// possible value.
    pub const hidden: u8 = 1 << 5;
}

impl Property {
    /// Whether the property has at least one of the flags that are set in `flags`.
    pub(super) fn has_any_flag(&self, flags: u8) -> bool {
        self.flags & flags != 0
    }
}

/// Prints an object for `Debug`.
///
/// # Errors
///
/// When the formatter fails.
pub fn fmt_debug(object: &dyn Value, f: &mut Formatter<'_>) -> fmt::Result {
    let mut printer = DebugPrinter { f, result: Ok(()) };
    object.write(&mut printer);
    printer.result
}

/// A writer that prints an object for `Debug`.
struct DebugPrinter<'a, 'f> {
    f: &'a mut Formatter<'f>,
    result: fmt::Result,
}

impl SerdeValueWriter for DebugPrinter<'_, '_> {}

impl ValueWriter for DebugPrinter<'_, '_> {
    fn write_object(
        &mut self,
        table: &'static PropertyTable,
        values: &[&dyn Value],
        rest: Option<&dyn OtherProperties>,
    ) {
        let mut object = self.f.debug_struct(table.struct_name);
        let properties = table.properties.iter().zip(values);
        for (property, value) in properties.filter(|(property, _)| !property.has_any_flag(flags::hidden)) {
            let redacted: &dyn Debug =
                match (property.has_any_flag(flags::optional | flags::nullable), value.is_absent()) {
                    (false, _) => &Redacted,
                    (true, true) => &None::<Redacted>,
                    (true, false) => &Some(Redacted),
                };
            object.field(
                property.field_name,
                if property.has_any_flag(flags::sensitive) { redacted } else { value },
            );
        }
        if let Some(rest) = rest {
            object.field(
                table.other_properties.field_name,
                if table.other_properties.has_any_flag(flags::sensitive) { &Redacted } else { rest },
            );
        }
        self.result = object.finish();
    }
}
