use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "allow-malformed",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "What a document allows itself needs a reason, or the next reader cannot tell whether it is still right.",
    check: Check::Suppressions,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
servers:
  - url: https://{region}.example.com
    x-lint-allow:
      server-variable-undeclared: ''
paths: {}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
servers:
  - url: https://{region}.example.com
    x-lint-allow:
      server-variable-undeclared: The vendor puts the region in when an account is made.
paths: {}
",
};
