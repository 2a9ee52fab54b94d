use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-without-slash",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Reading,
    page: include_str!("path_without_slash.md"),
};
