use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "allow-unknown-rule",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Suppressions,
    page: include_str!("allow_unknown_rule.md"),
};
