//! See `required_undeclared.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("required-undeclared", Profile::Openapi, include_str!("required_undeclared.md")).blocking();
