//! An index of a document, for checks: every object that the specification defines, with its position, and all
//! operations.
//!
//! The index is tolerant: values of the wrong type are not in it, and a reference that cannot be resolved has no
//! target. So checks only see valid parts of the document. Missing and wrong parts of the document were reported when
//! the document was read.

mod nodes;
mod objects;
mod operation;
mod place;
pub mod requirements;
pub mod template;
mod walk;

pub use nodes::{child_schemas, enum_values, is_enum, is_nullable, ref_component_name};
pub use objects::Index;
pub use operation::{Operation, Parameter};
pub use place::{Place, PlaceId};
