//! See `path_parameter_required.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("path-parameter-required", Profile::Openapi, include_str!("path_parameter_required.md"))
        .blocking();
