use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "x-envelope",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "Which properties wrap the answers has to be said in full, or they stay wrapped.",
    check: Check::Generator,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
x-envelope: {success: ok}
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
                  ok: {type: boolean}
                  result: {type: object, title: Wallet, properties: {id: {type: string}}}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
x-envelope: {success: ok, data: result}
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
                  ok: {type: boolean}
                  result: {type: object, title: Wallet, properties: {id: {type: string}}}
",
};
