//! See `parameter_duplicate.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("parameter-duplicate", Profile::Openapi, include_str!("parameter_duplicate.md")).blocking();
