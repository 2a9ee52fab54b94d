use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "empty-file",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "An empty file describes nothing; it was probably saved or copied halfway.",
    check: Check::Reading,
    bad: "\
# The API of the wallets
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
",
};
