use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "x-waiter-field",
    severity: Severity::Error,
    profile: Profile::Generator,
    check: Check::Generator,
    page: include_str!("x_waiter_field.md"),
};
