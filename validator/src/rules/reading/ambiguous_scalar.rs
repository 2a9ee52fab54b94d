use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ambiguous-scalar",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    check: Check::Reading,
    page: include_str!("ambiguous_scalar.md"),
};
