//! What the body of a failure says, whatever its shape.

use std::time::Duration;

use crate::Json;
use crate::retry::Processed;

/// What an API reads out of the body of a failure.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) details: Option<Json>,
    pub(crate) processed: Processed,
    /// How long the body asks to wait.
    pub(crate) retry_after: Option<Duration>,
}
