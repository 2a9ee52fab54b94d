use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "expansion-limit",
    severity: Severity::Error,
    profile: Profile::Generator,
    check: Check::Generator,
    page: include_str!("expansion_limit.md"),
};
