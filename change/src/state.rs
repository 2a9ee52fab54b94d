//! One of the two states of a document that are compared.

use partner_model::Model;
use partner_spec::{Diagnostics, Reading};

use crate::failures::Failures;

/// One of the two states of a document that are compared.
#[derive(Debug)]
pub struct State {
    /// The model of the API.
    pub model: Model,
    pub(crate) failures: Failures,
}

impl State {
    /// Reads a state of the API named `module`. Also returns the findings about the document; the parts that they
    /// concern are left out of the state.
    ///
    /// # Errors
    ///
    /// The findings of the reader, if the document cannot be read at all.
    pub fn read(reading: &Reading, module: &str) -> Result<(State, Diagnostics), Diagnostics> {
        let (model, found) = partner_model::read(reading, module)?;
        let failures = reading.document.as_ref().map(Failures::read).unwrap_or_default();
        Ok((State { model, failures }, found))
    }
}
