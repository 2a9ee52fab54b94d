use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-key",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "OpenAPI says which keys an object must have; readers refuse a document without them, or guess.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets}
paths: {}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
",
};
