use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "one-of-recursive",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "A choice that holds itself without a list in between would be a type of endless size.",
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
        - $ref: '#/components/schemas/Card'
        - $ref: '#/components/schemas/Account'
    Card:
      type: object
      required: [pan, source]
      properties:
        pan: {type: string}
        source: {$ref: '#/components/schemas/Wallet'}
    Account:
      type: object
      required: [iban]
      properties: {iban: {type: string}}
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
        - $ref: '#/components/schemas/Card'
        - $ref: '#/components/schemas/Account'
    Card:
      type: object
      required: [pan, sources]
      properties:
        pan: {type: string}
        sources: {type: array, items: {$ref: '#/components/schemas/Wallet'}}
    Account:
      type: object
      required: [iban]
      properties: {iban: {type: string}}
",
};
