//! JSON Schemas of the generated types, for web services that use these types in their own APIs. The schemas describe
//! the JSON that the OpenAPI documents allow. The Rust types accept more:
//!
//! - An optional property is not required, and is null only where the document allows null. The types also read null
//!   for a property that is absent.
//! - An open enum is any string, with the known values listed. A closed enum is one of its values.
//! - A union is one of its alternatives. A union in a response may also be any other object.
//! - A decimal is a string or a number, as documented. The types read both.
//! - Limits (`minLength`, `pattern`, `maximum`, ...) are only in the schemas of types that are sent and never received.
//!   The client accepts a response that breaks a documented limit, so the schema of a response has to accept it as
//!   well. The client does not check the limits of requests either, because the server does. Schemas with limits are
//!   for services whose users fill in the requests.
//! - A response that differs by status has no schema, because the status is not part of the JSON. Each alternative has
//!   a schema of its own.

mod literal;
mod value;

#[cfg(test)]
mod tests;

pub use literal::parse_schema;

/// Implements `JsonSchema` for a list of types. Each entry consists of the name of a type, the types to which its
/// schema refers, and the JSON text of the schema.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_schemas {
    ($($name:ident [$($reference:ident),*] $schema:literal;)*) => {$(
        impl $crate::schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(_generator: &mut $crate::schemars::SchemaGenerator) -> $crate::schemars::Schema {
                $crate::plumbing::schema::parse_schema(
                    $schema,
                    &[$((stringify!($reference), _generator.subschema_for::<$reference>())),*],
                )
            }
        }
    )*};
}
