use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "all-of-circular",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "An object that is put together from itself never ends.",
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
      type: object
      nullable: true
      allOf:
        - $ref: '#/components/schemas/Wallet'
        - {type: object, properties: {id: {type: string}}}
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
        id: {type: string}
        parent:
          allOf: [{$ref: '#/components/schemas/Wallet'}]
",
};
