//! See `operation_id_missing.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("operation-id-missing", Profile::Generator, include_str!("operation_id_missing.md"))
        .blocking();
