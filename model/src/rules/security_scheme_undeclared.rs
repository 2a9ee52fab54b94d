//! See `security_scheme_undeclared.md`.

use partner_spec::{Profile, Rule};

/// The rule.
pub static RULE: Rule = Rule::error(
    "security-scheme-undeclared",
    Profile::Openapi,
    include_str!("security_scheme_undeclared.md"),
)
.blocking();
