use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "yaml-tag",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Reading,
    page: include_str!("yaml_tag.md"),
};
