//! What exists because of progenitor and typify: their input.

pub(crate) mod input;
