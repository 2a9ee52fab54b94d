//! See `parameter_place.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("parameter-place", Profile::Openapi, include_str!("parameter_place.md")).blocking();
