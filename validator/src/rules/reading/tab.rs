use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "tab",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "YAML forbids tabs in the indentation, because they are as wide as the editor says.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info:
\ttitle: Wallets
\tversion: '1'
paths: {}
",
    good: "\
openapi: 3.0.3
info:
  title: Wallets
  version: '1'
paths: {}
",
};
