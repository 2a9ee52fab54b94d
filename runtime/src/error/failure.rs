//! What the body of a failure says, whatever its shape.

use std::time::Duration;

use crate::Json;
use crate::retry::Processed;

/// What an API reads out of the body of a failure.
#[derive(Debug, Default)]
pub struct Failure {
    /// The vendor's code.
    pub code: Option<String>,
    /// What the vendor says of it.
    pub message: Option<String>,
    /// What more there is to read.
    pub details: Option<Json>,
    /// What the code says about the request beyond what the status says.
    pub processed: Processed,
    /// How long the body asks to wait.
    pub retry_after: Option<Duration>,
}
