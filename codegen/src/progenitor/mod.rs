//! Contains all code that depends on the generators progenitor and typify: it writes their input, calls them, reads
//! their output as syntax trees, and checks the output for known mistakes.
//!
//! The rest of the generator prints from the model, and gets three things from this module, as types of our own: the
//! request of an operation as a function, the fields of an object, and the Rust type of a schema. All Rust types are
//! those that typify chooses. A second mapping from schemas to types would have to agree with typify's in each
//! argument, body and field.
//!
//! - `input` writes the document for progenitor and typify.
//! - `run` calls them.
//! - `output` splits their output into items.
//! - `object`, `request` and `value` convert one item to our types.
//! - `tidy` simplifies paths and types.

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

pub(crate) use input::{callers_must_set, count_used_schemas, find_runtime_body_reason};
pub(crate) use object::Field;
pub(crate) use output::GeneratedCore;
pub(crate) use request::{GeneratedRequest, emit_client_type};
pub(crate) use value::{
    DECIMAL_TYPE, JSON_OBJECT_TYPE, JSON_TYPE, ValueType, first_type_argument, last_path_segment,
    last_type_argument,
};

/// Generates the core that the public API is built on: requests and types.
///
/// # Errors
///
/// Returns the differences from the code that progenitor and typify are known to write.
pub(crate) fn generate_core(model: &Model) -> Result<GeneratedCore, Vec<String>> {
    let core = run::generate_tokens(model)
        .and_then(|tokens| output::read_output(tokens, model).map_err(|e| e.to_string()));
    let (core, faults) = core.map_err(|what| vec![format!("the document was refused: {what}")])?;
    if faults.is_empty() { Ok(core) } else { Err(faults) }
}
