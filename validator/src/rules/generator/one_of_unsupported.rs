use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "one-of-unsupported",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "Alternatives are told apart by their properties, so all of them have to be objects.",
    check: Check::Generator,
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
                $ref: '#/components/schemas/Wallet'
components:
  schemas:
    Wallet:
      oneOf:
        - {type: string}
        - {type: integer}
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
                $ref: '#/components/schemas/Wallet'
components:
  schemas:
    Wallet:
      oneOf:
        - {type: object, title: Card, required: [kind], properties: {kind: {type: string, enum: [card]}}}
        - {type: object, title: Account, required: [kind], properties: {kind: {type: string, enum: [account]}}}
",
};
