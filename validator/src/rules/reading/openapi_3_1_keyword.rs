use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "openapi-3-1-keyword",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Readers of OpenAPI 3.0 ignore what only 3.1 has, so a rule that is written down does not hold.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200':
          description: The wallets.
          content:
            application/json:
              schema:
                type: object
                properties:
                  kind: {const: prepaid}
                  name: {type: [string, 'null']}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200':
          description: The wallets.
          content:
            application/json:
              schema:
                type: object
                properties:
                  kind: {type: string, enum: [prepaid]}
                  name: {type: string, nullable: true}
",
};
