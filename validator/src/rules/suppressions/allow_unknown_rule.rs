use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "allow-unknown-rule",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A suppression that names no rule, or one that cannot be allowed, does nothing.",
    check: Check::Suppressions,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
servers:
  - url: https://eu.example.com
    x-lint-allow:
      server-variable-undeclard: The vendor puts the region in.
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
