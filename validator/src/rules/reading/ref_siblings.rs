use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ref-siblings",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "OpenAPI 3.0 ignores what stands beside a `$ref`, so what is written there does not hold.",
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
                $ref: '#/components/schemas/Wallet'
components:
  schemas:
    Wallet:
      type: object
      properties:
        owner:
          $ref: '#/components/schemas/Owner'
          nullable: true
    Owner: {type: object, properties: {name: {type: string}}}
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
      type: object
      properties:
        owner:
          allOf:
            - $ref: '#/components/schemas/Owner'
    Owner: {type: object, properties: {name: {type: string}}}
",
};
