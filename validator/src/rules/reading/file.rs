use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "file",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "The document itself has to be a file that can be read.",
    check: Check::Reading,
    bad: "\
# file: wallets.yaml
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
",
};
