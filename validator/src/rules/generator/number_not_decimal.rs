use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "number-not-decimal",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "A `number` becomes a binary fraction, which has no 0.10; amounts of money need every digit.",
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
                title: Wallet
                properties:
                  balance: {type: number}
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
                title: Wallet
                properties:
                  balance: {type: number, format: decimal}
",
};
