use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "all-of-unsupported",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "`allOf` becomes one struct with the properties of all parts, so all parts have to be objects.",
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
      allOf:
        - {type: string, minLength: 1}
        - {type: string, maxLength: 9}
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
      allOf:
        - {type: object, properties: {id: {type: string}}}
        - {type: object, properties: {name: {type: string}}}
",
};
