use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "body-without-schema",
    severity: Severity::Error,
    profile: Profile::Generator,
    check: Check::Generator,
    page: include_str!("body_without_schema.md"),
};
