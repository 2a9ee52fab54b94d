//! A document as checks see it: every object of the specification with its place, and the operations.
//!
//! The index is tolerant: what is not of the right type is not in it, and a reference that leads nowhere has no
//! target. Checks look at what is there; what is missing or broken has been reported when the document was read.

mod nodes;
mod objects;
mod operation;
mod place;
pub mod requirements;
pub mod template;
mod walk;

pub use nodes::{children, is_string_enum, ref_name};
pub use objects::Index;
pub use operation::{Operation, Parameter};
pub use place::{Place, PlaceId};
