use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "envelope-unused",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "A wrapping that no answer has is a misspelled one.",
    check: Check::Generator,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
x-envelope: {success: ok, data: results}
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
