//! The structs that are generated for the objects of an API. The macro `object!` gives a struct a table of its
//! properties. Code that is compiled once reads, writes and prints all structs by these tables. The derives of serde
//! would take several times as long to compile as everything else in a client.
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

pub(crate) use amounts::find_refused_amount;
pub use read::{Failed, Slot, ValueReader, deserialize};
pub(crate) use read::{IntoOption, ReadInto, SerdeOption};
pub use table::{Object, Property, Table, debug};
pub use values::{Rest, Value};
pub use write::{AsNumber, ValueWriter, serialize};

/// Implements `Debug`, `Serialize` and `Deserialize` for a struct with a table of its properties:
/// `object!(Payout { id: "payoutId", iban: "iban" optional sensitive; ..extra })`. The flags are methods of [`Property`], and
/// the one that says whether the property may be absent comes first. A field after `..` keeps all other properties, and its
/// flags are those of their values. A field after `from` keeps the [`Origin`](crate::plumbing::Origin) of the object.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($name:ident { $($field:ident: $key:literal $($flag:ident)*),* $(,)? $(; ..$rest:ident $($rest_flag:ident)*)? $(; from $origin:ident)? }) => {
        impl $crate::plumbing::Object for $name {
            const TABLE: &'static $crate::plumbing::Table = &$crate::plumbing::Table {
                name: stringify!($name),
                properties: &[$( $crate::plumbing::Property::new(stringify!($field), $key)$(.$flag())* ),*],
                rest: $crate::plumbing::Property::new("extra", "")$( $(.$rest_flag())* )?,
            };
        }

        impl $crate::plumbing::Value for $name {
            fn read(reader: &mut dyn $crate::plumbing::ValueReader) -> Result<Self, $crate::plumbing::Failed> {
                $( let mut $field = None; )*
                $( let mut $rest = Default::default(); )?
                reader.object(
                    <Self as $crate::plumbing::Object>::TABLE,
                    &mut [$( $crate::plumbing::Slot::new(&mut $field) ),*],
                    $crate::__object!(rest $( &mut $rest )?),
                )?;
                Ok(Self {
                    $( $field: $crate::__object!(take $field $($flag)*), )*
                    $( $rest, )?
                    $( $origin: $crate::plumbing::Origin::current(), )?
                })
            }

            fn write(&self, writer: &mut dyn $crate::plumbing::ValueWriter) {
                writer.object(
                    <Self as $crate::plumbing::Object>::TABLE,
                    &[$( &self.$field ),*],
                    $crate::__object!(rest $( &self.$rest )?),
                );
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::plumbing::debug(
                    <Self as $crate::plumbing::Object>::TABLE,
                    &[$( &self.$field ),*],
                    $crate::__object!(rest $( &self.$rest )?),
                    f,
                )
            }
        }

        $crate::__serde!($name);
    };
    (rest) => { None };
    (rest $rest:expr) => { Some($rest) };
    (take $field:ident optional $($flag:ident)*) => { $field };
    (take $field:ident nullable $($flag:ident)*) => { $field };
    // The reader has already reported a missing required property.
    (take $field:ident $($flag:ident)*) => {
        match $field {
            Some(value) => value,
            None => return Err($crate::plumbing::Failed::reported()),
        }
    };
}

/// Implements serde's `Serialize` and `Deserialize` for a type that implements [`Value`].
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
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
