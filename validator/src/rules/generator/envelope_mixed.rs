use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "envelope-mixed",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "An answer is taken out of its wrapping or not; one method cannot do both.",
    check: Check::Generator,
    bad: "\
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
        '202':
          description: Not yet.
          content:
            application/json:
              schema:
                type: object
                title: Later
                properties:
                  at: {type: string}
  /cards:
    get:
      operationId: listCards
      responses:
        '200':
          description: The cards.
          content:
            application/json:
              schema: {type: object, properties: {ok: {type: boolean}, result: {type: array, items: {type: string}}}}
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
        '202':
          description: Not yet.
          content:
            application/json:
              schema:
                type: object
                properties:
                  ok: {type: boolean}
                  result: {type: object, title: Later, properties: {at: {type: string}}}
  /cards:
    get:
      operationId: listCards
      responses:
        '200':
          description: The cards.
          content:
            application/json:
              schema: {type: object, properties: {ok: {type: boolean}, result: {type: array, items: {type: string}}}}
",
};
