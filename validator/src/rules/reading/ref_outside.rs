use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ref-outside",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Reading,
    page: include_str!("ref_outside.md"),
};
