use std::fmt;

use super::redact::without_location;

/// A value that is not what was asked for, or that is no JSON. It does not show what was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError(String);

impl JsonError {
    pub(crate) fn of(error: &serde_json::Error) -> JsonError {
        JsonError(without_location(error))
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JsonError {}
