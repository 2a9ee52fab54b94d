use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "openapi-version",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "The version says by which rules everything else is read; here these are the rules of 3.0.",
    check: Check::Reading,
    bad: "\
openapi: 3.1.0
info: {title: Wallets, version: '1'}
paths: {}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
",
};
