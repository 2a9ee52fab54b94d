//! See `path_parameter_missing.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("path-parameter-missing", Profile::Openapi, include_str!("path_parameter_missing.md"))
        .blocking();
