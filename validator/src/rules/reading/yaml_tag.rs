use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "yaml-tag",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "YAML tags have no meaning in OpenAPI; some readers run code for them.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: !release v1}
paths: {}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: v1}
paths: {}
",
};
