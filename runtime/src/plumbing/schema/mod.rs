//! JSON Schemas of the generated types, for services that expose them. They describe the wire format of the documents, where the
//! derived schema would describe what the Rust types accept.
//!
//! - An optional property is not required, and is null only where the document allows null. The types also read null for a
//!   property that is absent.
//! - An open enum is any string, with the known values listed. A closed enum is one of its values.
//! - A union is one of its alternatives. A union in a response may also be any other object.
//! - A decimal is a string or a number, as documented. The types read both.
//! - Limits (`minLength`, `pattern`, `maximum`, ...) are only in the schemas of types that are sent and never received. The
//!   client accepts a response that breaks a documented limit, so the schema of a response has to accept it as well. The
//!   client does not check the limits of requests either, because the server does. Schemas with limits are for services whose
//!   users fill in the requests.
//! - A response that differs by status has no schema, because the status is not part of the JSON. Each alternative has a schema
//!   of its own.

mod object;
mod string_enum;
mod value;
mod words;

#[cfg(test)]
mod tests;

pub use object::{exact, exact_newtype, exact_union};
pub use schemars::JsonSchema;
pub use string_enum::{closed, constant, open};
pub use value::Number;
