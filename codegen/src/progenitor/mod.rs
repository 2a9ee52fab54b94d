//! Everything that exists because of progenitor and typify: writing their input, calling them, reading their output as
//! syntax trees, and checking what they are known to get wrong.
//!
//! The rest of the generator prints from the model. What it needs besides is here in words of its own: the request of an
//! operation as a function, the fields of an object, and the Rust type of a schema. Every type is typify's: a second
//! mapping beside it would have to agree with it in the type of each argument, body and field.
//!
//! - `input`: the document that they get
//! - `run`: calling them
//! - `output`: what they wrote, in pieces
//! - `object`, `request`, `value`: a piece in words of ours
//! - `tidy`: paths and types as a person would write them

mod input;
mod object;
mod output;
mod request;
mod run;
mod tidy;
mod value;

#[cfg(test)]
mod tests;

use partner_model::Model;

pub(crate) use input::{count_values, is_required, runtime_body_reason};
pub(crate) use object::Field;
pub(crate) use output::Core;
pub(crate) use request::{Request, emit_client};
pub(crate) use value::{
    DECIMAL, JSON, JSON_OBJECT, ValueType, first_type_argument, last_type_argument, type_name_of,
};

/// Generates the core that the public API is built on: requests and types.
///
/// # Errors
///
/// What differs from the code that progenitor and typify are known to write.
pub(crate) fn generate(model: &Model) -> Result<Core, Vec<String>> {
    let core =
        run::generate_tokens(model).and_then(|tokens| output::read(tokens, model).map_err(|e| e.to_string()));
    let (core, faults) = core.map_err(|what| vec![format!("the document was refused: {what}")])?;
    if faults.is_empty() { Ok(core) } else { Err(faults) }
}
