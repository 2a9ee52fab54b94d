//! An index of a document, for checks. It lists the operations, and all objects that the OpenAPI specification defines,
//! each with its place in the document.
//!
//! The index is tolerant: values of the wrong type are not in it, and a reference that cannot be resolved has no
//! target. So checks only see valid parts of the document. Missing and wrong parts were reported when the document was
//! read.

mod objects;
mod operation;
mod place;
pub mod requirements;
mod schema_nodes;
pub mod template;
mod walk;

pub use objects::DocumentIndex;
pub use operation::{Operation, Parameter};
pub use place::{Place, PlaceId};
pub use schema_nodes::{
    enum_values, find_referenced_component_name, is_enum, is_nullable, list_child_schemas,
};
