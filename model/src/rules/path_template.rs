//! See `path_template.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("path-template", Profile::Openapi, include_str!("path_template.md")).blocking();
