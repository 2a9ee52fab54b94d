//! The generated newtypes: tuple structs for ids and codes that are plain strings, UUIDs or integers in JSON. The macro
//! `newtype!` implements their conversions. No newtype implements `Deref`, because two ids of different types could
//! then be swapped by mistake.

use std::fmt;
use std::str::FromStr;

use crate::object::{ReadFailure, Value, ValueReader, ValueWriter};
use crate::value::Redacted;

/// Reads the value that a newtype wraps, and passes it to `wrap`, the constructor of the newtype.
///
/// # Errors
///
/// When the value does not fit the wrapped type.
pub fn read_newtype<T: Value, N>(reader: &mut dyn ValueReader, wrap: fn(T) -> N) -> Result<N, ReadFailure> {
    T::read(reader).map(wrap)
}

/// Parses the value that a newtype wraps, and passes it to `wrap`, the constructor of the newtype.
///
/// # Errors
///
/// When the text cannot be parsed as the wrapped type.
pub fn parse_newtype<T: FromStr, N>(text: &str, wrap: fn(T) -> N) -> Result<N, T::Err> {
    text.parse().map(wrap)
}

/// Writes the value that a newtype wraps.
pub fn write_newtype(value: &dyn Value, writer: &mut dyn ValueWriter) {
    value.write(writer);
}

/// Reads a newtype whose JSON value is a string in some properties of the API, and an integer in others.
///
/// # Errors
///
/// When the value is neither a string nor an integer.
pub fn read_string_or_integer<N>(
    reader: &mut dyn ValueReader,
    wrap: fn(String) -> N,
) -> Result<N, ReadFailure> {
    let json = reader.read_json()?;
    if let Some(text) = json.as_str() {
        return Ok(wrap(text.into_owned()));
    }
    let is_integer = json.as_json_text().trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    match is_integer {
        true => Ok(wrap(json.as_json_text().to_owned())),
        false => {
            let why = "expected a string or an integer";
            crate::json::record_nested_type_mismatch(json.as_json_text(), &why);
            Err(reader.record_failure(&why))
        }
    }
}

/// Writes the text of a newtype that is a string in some properties and an integer in others. The writer knows whether
/// the property requires a string or an integer.
pub fn write_string_or_integer(value: &str, writer: &mut dyn ValueWriter) {
    writer.write_string_or_integer(value);
}

/// Prints a newtype for `Debug`, without its value if the value is sensitive.
///
/// # Errors
///
/// When the formatter fails.
pub fn fmt_debug(
    name: &str,
    value: &dyn fmt::Debug,
    is_sensitive: bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.debug_tuple(name).field(if is_sensitive { &Redacted } else { value }).finish()
}

/// Implements the conversions of a newtype, for example `newtype!(uuid UserUuid)` for the struct `UserUuid`, which
/// wraps a UUID. The first word is the wrapped type: `string`, `uuid`, `integer` or `string_or_integer`. A newtype with
/// the word `string_or_integer` is a string in some properties, and an integer in others. With `sensitive` after the
/// name, `Debug` does not print the value.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    (string $name:ident $($sensitive:ident)?) => {
        $crate::__newtype!(text $name $($sensitive)?);
        $crate::__newtype!(value $name read_newtype write_newtype);
    };
    (string_or_integer $name:ident $($sensitive:ident)?) => {
        $crate::__newtype!(text $name $($sensitive)?);
        $crate::__newtype!(value $name read_string_or_integer write_string_or_integer);

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(value.to_string())
            }
        }
    };
    (uuid $name:ident $($sensitive:ident)?) => { $crate::__newtype!(copied $name uuid::Uuid, uuid::Error; $($sensitive)?); };
    (integer $name:ident $($sensitive:ident)?) => {
        $crate::__newtype!(copied $name i64, std::num::ParseIntError; $($sensitive)?);
    };
    (text $name:ident $($sensitive:ident)?) => {
        impl $name {
            /// Returns the value as it is written in requests and responses.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Converts the newtype into its text.
            pub fn into_inner(self) -> String {
                self.0
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                Self(value.to_owned())
            }
        }

        $crate::__newtype!(all $name String, std::convert::Infallible; $($sensitive)?);
    };
    (copied $name:ident $inner:ty, $error:ty; $($sensitive:ident)?) => {
        impl std::marker::Copy for $name {}

        impl $name {
            /// Returns the wrapped value, as it is written in requests and responses.
            pub fn get(self) -> $inner {
                self.0
            }
        }

        $crate::__newtype!(all $name $inner, $error; $($sensitive)?);
        $crate::__newtype!(value $name read_newtype write_newtype);
    };
    (all $name:ident $inner:ty, $error:ty; $($sensitive:ident)?) => {
        impl std::cmp::Eq for $name {}

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                $crate::plumbing::newtypes::parse_newtype(value, Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let is_sensitive = $crate::__newtype!(is $($sensitive)?);
                $crate::plumbing::newtypes::fmt_debug(stringify!($name), &self.0, is_sensitive, f)
            }
        }
    };
    (is) => { false };
    (is sensitive) => { true };
    (value $name:ident $read:ident $write:ident) => {
        impl $crate::plumbing::Value for $name {
            fn read(reader: &mut dyn $crate::plumbing::ValueReader) -> Result<Self, $crate::plumbing::ReadFailure> {
                $crate::plumbing::newtypes::$read(reader, Self)
            }

            fn write(&self, writer: &mut dyn $crate::plumbing::ValueWriter) {
                $crate::plumbing::newtypes::$write(&self.0, writer);
            }
        }

        $crate::__impl_serde_for_value!($name);
    };
}

#[cfg(test)]
#[allow(unreachable_pub, dead_code, reason = "generated newtypes are public")]
mod tests {
    use serde_json::{from_str, to_string};
    use uuid::Uuid;

    use crate::plumbing::DecimalsAsNumbers;

    #[derive(Clone, PartialEq, PartialOrd, Ord, Hash)]
    struct UserId(Uuid);
    crate::__newtype!(uuid UserId);

    #[derive(Clone, PartialEq, PartialOrd, Ord, Hash)]
    struct Iban(String);
    crate::__newtype!(string Iban sensitive);

    #[derive(Clone, PartialEq, PartialOrd, Ord, Hash)]
    struct MethodId(i64);
    crate::__newtype!(integer MethodId);

    #[derive(Clone, PartialEq, PartialOrd, Ord, Hash)]
    struct DetailsId(String);
    crate::__newtype!(string_or_integer DetailsId);

    const UUID: &str = "550e8400-e29b-41d4-a716-446655440000";

    struct Quote {
        details: Option<DetailsId>,
        stored: Option<DetailsId>,
        others: Option<Vec<DetailsId>>,
    }
    crate::__object!(Quote { details: "details" optional number, stored: "stored" optional, others: "others" optional number });

    #[test]
    fn a_newtype_is_on_the_wire_what_it_wraps() {
        let user: UserId = from_str(&format!("\"{UUID}\"")).unwrap();
        assert_eq!((user, to_string(&user).unwrap()), (UUID.parse().unwrap(), format!("\"{UUID}\"")));
        let iban: Iban = from_str("\"PL 00\"").unwrap();
        assert_eq!((iban.as_str(), to_string(&iban).unwrap()), ("PL 00", String::from("\"PL 00\"")));
        let method: MethodId = from_str("5").unwrap();
        assert_eq!((method.get(), to_string(&method).unwrap()), (5, String::from("5")));
        assert!(from_str::<UserId>("\"1\"").is_err() && from_str::<MethodId>("\"5\"").is_err());
    }

    #[test]
    fn an_id_in_two_forms_is_read_from_both_and_written_in_the_form_of_its_place() {
        for text in [
            r#"{"details":987,"stored":987,"others":[1,"2"]}"#,
            r#"{"details":"987","stored":"987","others":["1",2]}"#,
        ] {
            let quote: Quote = from_str(text).unwrap();
            assert_eq!(quote.details, quote.stored);
            assert_eq!(to_string(&quote).unwrap(), r#"{"details":987,"stored":"987","others":[1,2]}"#);
        }
        assert_eq!(to_string(&DecimalsAsNumbers(&DetailsId::from(987))).unwrap(), "987");
        assert_eq!(to_string(&DetailsId::from(987)).unwrap(), "\"987\"");
    }

    #[test]
    fn an_id_that_is_no_integer_is_kept_as_it_came() {
        for text in ["", "007", "+1", "98a", "99999999999999999999", "\u{e9}\""] {
            let json = to_string(text).unwrap();
            let id: DetailsId = from_str(&json).unwrap();
            assert_eq!((id.as_str(), to_string(&DecimalsAsNumbers(&id)).unwrap()), (text, json));
        }
        let large: DetailsId = from_str("99999999999999999999").unwrap();
        assert_eq!(large.as_str(), "99999999999999999999");
        for wrong in ["1.5", "true", "null", "{}", "[1]"] {
            let error = from_str::<DetailsId>(wrong).unwrap_err().to_string();
            assert!(error.contains("expected a string or an integer"), "{error}");
        }
    }

    #[test]
    fn text_is_converted_by_the_caller() {
        assert_eq!(UserId::from(Uuid::nil()).get(), Uuid::nil());
        assert!("no UUID".parse::<UserId>().is_err() && "x".parse::<MethodId>().is_err());
        assert_eq!("987".parse::<DetailsId>().unwrap(), DetailsId::from(987));
        assert_eq!(DetailsId::from("987"), DetailsId::from(String::from("987")));
        assert_eq!(DetailsId::from(987).into_inner(), "987");
        assert_eq!(
            (MethodId::from(7).to_string(), DetailsId::from("x").to_string()),
            ("7".into(), "x".into())
        );
    }

    #[test]
    fn debug_names_the_type_and_shows_no_sensitive_value() {
        assert_eq!(format!("{:?}", DetailsId::from(987)), "DetailsId(\"987\")");
        assert_eq!(
            format!("{:?}", UserId::from(Uuid::nil())),
            "UserId(00000000-0000-0000-0000-000000000000)"
        );
        assert_eq!(format!("{:?}", Iban::from("PL00")), "Iban([redacted])");
    }
}
