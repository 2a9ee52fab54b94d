//! JSON Schemas of the generated types, for services that expose them: what the documents say of the wire, wherever
//! the derived schema would say what Rust reads.
//!
//! - A key that may be absent is not required, and null only where the document has null. The types also read null
//!   for a key that may be absent.
//! - An open enum is any string, and names the values that are known. A closed one is one of its values.
//! - A union is one of its alternatives; one that is part of an answer is any object as well.
//! - A decimal is a string or a number, as the document has it. The types read both.

mod object;
mod string_enum;
mod value;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use object::exact;
pub(crate) use schemars::JsonSchema;
#[allow(unused_imports, reason = "`closed` is used by generated code when a document has such an enum")]
pub(crate) use string_enum::{closed, constant, open};
