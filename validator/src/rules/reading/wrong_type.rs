use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A value of the wrong type is refused by some readers and misunderstood by others.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: 1.0}
paths: {}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1.0'}
paths: {}
",
};
