//! JSON Schemas of the generated types, for services that expose them: what the documents say of the wire, wherever
//! the derived schema would say what Rust reads.
//!
//! - A key that may be absent is not required, and null only where the document has null. The types also read null
//!   for a key that may be absent.
//! - An open enum is any string, and names the values that are known. A closed one is one of its values.
//! - A union is one of its alternatives; one that is part of an answer is any object as well.
//! - A decimal is a string or a number, as the document has it. The types read both.
//! - Limits (`minLength`, `pattern`, `maximum`, ...) are in the schemas of what is sent and of nothing else. What a
//!   document says of an answer is the vendor's promise: the client takes an answer that breaks it, and so its schema
//!   has to, too. A type that is both sent and received has no limits for the same reason. The client does not check
//!   limits either, since the server does; a schema with them is for services that let others fill in what they send.
//! - An answer that differs by status has no schema. Its type is no JSON: only the status tells which of its
//!   alternatives was answered, and each of those has a schema of its own.

mod object;
mod string_enum;
mod value;
mod words;

#[cfg(test)]
mod tests;

pub use object::{exact, exact_union};
pub use schemars::JsonSchema;
pub use string_enum::{closed, constant, open};
pub use value::Number;
