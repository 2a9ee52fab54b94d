//! See `no_success_response.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("no-success-response", Profile::Generator, include_str!("no_success_response.md")).blocking();
