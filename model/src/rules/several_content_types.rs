//! See `several_content_types.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("several-content-types", Profile::Generator, include_str!("several_content_types.md"))
        .blocking();
