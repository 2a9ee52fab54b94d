use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "security-scheme-unsupported",
    severity: Severity::Error,
    profile: Profile::Generator,
    check: Check::Generator,
    page: include_str!("security_scheme_unsupported.md"),
};
