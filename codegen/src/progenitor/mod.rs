//! Contains all code that depends on the generators progenitor and typify: it writes their input, calls them, reads
//! their output as syntax trees, and checks the output for known mistakes.
//!
//! The rest of the generator prints from the model. It gets three things from this module, as types of our own: the
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

pub(crate) use input::{count_used_schemas, find_runtime_body_reason, is_required_argument};
pub(crate) use object::GeneratedField;
pub(crate) use output::GeneratedRequestsAndTypes;
pub(crate) use request::{GeneratedRequestCode, emit_core_module};
pub(crate) use value::{
    DECIMAL_TYPE_NAME, JSON_OBJECT_TYPE_NAME, JSON_TYPE_NAME, ValueType, find_first_type_argument,
    find_last_path_segment, find_last_type_argument,
};

/// Generates the code on which the public API is built: requests and types.
///
/// # Errors
///
/// Returns the reason if the library progenitor or the library typify refuses the document. Returns a message for each
/// difference if the code that these libraries generate differs from the expected code.
pub(crate) fn generate_requests_and_types(model: &Model) -> Result<GeneratedRequestsAndTypes, Vec<String>> {
    let core = run::generate_with_progenitor(model)
        .and_then(|tokens| output::read_progenitor_output(tokens, model).map_err(|e| e.to_string()));
    let (core, faults) = core.map_err(|what| vec![format!("the document was refused: {what}")])?;
    if faults.is_empty() { Ok(core) } else { Err(faults) }
}
