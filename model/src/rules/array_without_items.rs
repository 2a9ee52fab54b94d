//! See `array_without_items.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("array-without-items", Profile::Openapi, include_str!("array_without_items.md")).blocking();
