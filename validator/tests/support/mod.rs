//! Helpers that the tests of the validator share.

#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a helper that cannot go on fails the test that uses it")]

use partner_validator::{Profile, ValidationReport};

/// Validates a document that is given as text. A line `# file: name` starts another file of the document.
pub(crate) fn validate(example: &str, profile: Profile) -> ValidationReport {
    partner_validator::validate_text(example, profile).unwrap()
}
