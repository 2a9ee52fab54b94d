//! See `path_parameter_unused.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("path-parameter-unused", Profile::Openapi, include_str!("path_parameter_unused.md"))
        .blocking();
