use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ref-unresolved",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A reference has to lead to something: a file that can be read, and a place that is in it.",
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
                $ref: schemas.yaml#/Walet
# file: schemas.yaml
Wallet:
  type: string
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
                $ref: schemas.yaml#/Wallet
# file: schemas.yaml
Wallet:
  type: string
",
};
