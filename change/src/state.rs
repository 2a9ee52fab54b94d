//! One state of a document.

use partner_model::Model;
use partner_spec::{Diagnostics, Reading};

use crate::failures::Failures;

/// One state of a document, as it is compared.
#[derive(Debug)]
pub struct State {
    /// What the document says of the API.
    pub model: Model,
    pub(crate) failures: Failures,
}

impl State {
    /// Reads a state, as the API of that module, with what is wrong with the document: that is left out.
    ///
    /// # Errors
    ///
    /// The findings of the reader, when there is no document.
    pub fn read(reading: &Reading, module: &str) -> Result<(State, Diagnostics), Diagnostics> {
        let (model, found) = partner_model::read(reading, module)?;
        let failures = reading.document.as_ref().map(Failures::read).unwrap_or_default();
        Ok((State { model, failures }, found))
    }
}
