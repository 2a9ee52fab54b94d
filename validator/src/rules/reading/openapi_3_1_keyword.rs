use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "openapi-3-1-keyword",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Reading,
    page: include_str!("openapi_3_1_keyword.md"),
};
