use std::fmt;

use super::redact::describe_error_without_values_and_location;

/// The error for a value that does not fit the requested type, or is not JSON. The error does not show the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError(String);

impl JsonError {
    pub(crate) fn new(error: &serde_json::Error) -> JsonError {
        JsonError(describe_error_without_values_and_location(error))
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JsonError {}
