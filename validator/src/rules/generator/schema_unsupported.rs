use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "schema-unsupported",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "A type that leaves out a part of its schema would accept or send what the API does not.",
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
                type: object
                title: Wallets
                properties:
                  first: {$ref: '#/components/schemas/Wallet'}
                  card: {$ref: '#/components/schemas/Card'}
components:
  schemas:
    Wallet:
      type: object
      required: [kind]
      discriminator: {propertyName: kind}
      properties: {kind: {type: string}}
    Card:
      allOf:
        - $ref: '#/components/schemas/Wallet'
        - {type: object, properties: {pan: {type: string}}}
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
                title: Wallets
                properties:
                  first: {$ref: '#/components/schemas/Wallet'}
                  card: {$ref: '#/components/schemas/Card'}
components:
  schemas:
    Wallet:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
    Card:
      allOf:
        - $ref: '#/components/schemas/Wallet'
        - {type: object, properties: {pan: {type: string}}}
",
};
