//! See `operation_id_duplicate.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("operation-id-duplicate", Profile::Openapi, include_str!("operation_id_duplicate.md"))
        .blocking();
