//! See `operation_id_name.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("operation-id-name", Profile::Generator, include_str!("operation_id_name.md")).blocking();
