//! See `one_of_ambiguous.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("one-of-ambiguous", Profile::Openapi, include_str!("one_of_ambiguous.md")).blocking();
