use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "not-utf-8",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Reading,
    page: include_str!("not_utf_8.md"),
};
