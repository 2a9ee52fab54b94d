use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "security-scheme-unsupported",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "The client sends one key in one header; it has no code for other ways to sign in.",
    check: Check::Generator,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      security: [{Key: []}]
      responses:
        '204': {description: It worked.}
        '401': {description: The key is missing or wrong.}
components:
  securitySchemes:
    Key: {type: http, scheme: basic}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      security: [{Key: []}]
      responses:
        '204': {description: It worked.}
        '401': {description: The key is missing or wrong.}
components:
  securitySchemes:
    Key: {type: apiKey, in: header, name: X-Api-Key}
",
};
