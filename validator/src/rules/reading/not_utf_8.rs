use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "not-utf-8",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Text in another encoding than UTF-8 loses its letters on the way, and JSON allows UTF-8 only.",
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
                $ref: schemas.yaml#/Wallet
# file: schemas.yaml in latin-1
Wallet:
  description: Paid at the café.
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
  description: Paid at the café.
  type: string
",
};
