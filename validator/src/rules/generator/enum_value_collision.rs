use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "enum-value-collision",
    severity: Severity::Error,
    profile: Profile::Generator,
    check: Check::Generator,
    page: include_str!("enum_value_collision.md"),
};
