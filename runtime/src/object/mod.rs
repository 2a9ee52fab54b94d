//! The structs that are generated for the objects of an API. The macro `object!` gives each struct a table of its
//! properties. The functions that read, write and print structs use these tables, so they are compiled only once, and
//! not for each struct. serde's derives are not used, because they would take several times as long to compile as
//! everything else in a client.
//!
//! - `table`: the properties of an object, and its `Debug`
//! - `read`: reading a value from any `Deserializer`
//! - `write`: writing a value to any `Serializer`
//! - `amounts`: finding the amounts in a value that are not more than zero
//! - `values`: the types that properties can have

mod amounts;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod values;
mod write;

pub(crate) use amounts::find_non_positive_amount_path;
pub(crate) use read::{OptionSeed, ReadTarget, SerdeOption};
pub use read::{PropertySlot, ReadFailure, ValueReader, deserialize};
pub use table::{Property, PropertyTable, flags, fmt_debug};
pub use values::{OtherProperties, Value};
pub use write::{DecimalsAsNumbers, ValueWriter, serialize};

/// Implements `Debug`, `Serialize` and `Deserialize` for a struct, for example: `object!(Payout { id: "payoutId", iban:
/// "iban" optional sensitive; ..extra })`. Each entry is the name of a field, the JSON name of its property, and the
/// [`flags`] of the property, with `optional` or `nullable` first. The field after `..` stores the properties that have
/// no field of their own, and its flags apply to each of them. The field after `from` stores the
/// [`Origin`](crate::plumbing::Origin) of the object.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($name:ident { $($field:ident: $key:literal $($flag:ident)*),* $(,)? $(; ..$rest:ident $($rest_flag:ident)*)? $(; from $origin:ident)? }) => {
        impl $name {
            const TABLE: &'static $crate::plumbing::PropertyTable = &$crate::plumbing::PropertyTable {
                struct_name: stringify!($name),
                properties: &[$( $crate::plumbing::Property {
                    field_name: stringify!($field),
                    wire_name: $key,
                    flags: 0 $(| $crate::plumbing::flags::$flag)*,
                } ),*],
                other_properties: $crate::plumbing::Property {
                    field_name: "extra",
                    wire_name: "",
                    flags: 0 $($(| $crate::plumbing::flags::$rest_flag)*)?,
                },
            };
        }

        impl $crate::plumbing::Value for $name {
            fn read(reader: &mut dyn $crate::plumbing::ValueReader) -> Result<Self, $crate::plumbing::ReadFailure> {
                $( let mut $field = None; )*
                $( let mut $rest = Default::default(); )?
                let read = reader.read_object(
                    Self::TABLE,
                    &mut [$( $crate::plumbing::PropertySlot { target: &mut $field, is_present: false } ),*],
                    $crate::__object!(rest $( &mut $rest )?),
                );
                match (read, $( $field ),*) {
                    (Ok(()), $( $crate::__object!(found $field $($flag)*) ),*) => Ok(Self {
                        $( $field, )*
                        $( $rest, )?
                        $( $origin: $crate::plumbing::Origin::current(), )?
                    }),
                    // Reading failed, or a required property is absent. In both cases the reader has recorded the
                    // reason, so the returned error need not contain it.
                    _ => Err($crate::plumbing::ReadFailure::already_recorded()),
                }
            }

            fn write(&self, writer: &mut dyn $crate::plumbing::ValueWriter) {
                writer.write_object(Self::TABLE, &[$( &self.$field ),*], $crate::__object!(rest $( &self.$rest )?));
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::plumbing::fmt_debug(self, f)
            }
        }

        $crate::__impl_serde_for_value!($name);
    };
    (rest) => { None };
    (rest $rest:expr) => { Some($rest) };
    (found $field:ident optional $($flag:ident)*) => { $field };
    (found $field:ident nullable $($flag:ident)*) => { $field };
    (found $field:ident $($flag:ident)*) => { Some($field) };
}

/// Implements serde's `Serialize` and `Deserialize` for a type that implements [`Value`].
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_serde_for_value {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::plumbing::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::plumbing::deserialize(deserializer)
            }
        }
    };
}
