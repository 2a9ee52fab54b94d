use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "x-waiter-field",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "The state is read from the answer, so the pointer to it has to lead to an enum in its schema.",
    check: Check::Generator,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - {name: page, in: query, schema: {type: integer}}
      x-waiter: {name: wait_until_ready, field: /state, success: [ready], failure: [gone]}
      responses:
        '200':
          description: The wallets.
          content:
            application/json:
              schema:
                type: object
                properties:
                  wallets: {type: array, items: {type: string}}
                  total: {type: integer}
                  status: {type: string, enum: [waiting, ready, gone]}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - {name: page, in: query, schema: {type: integer}}
      x-waiter: {name: wait_until_ready, field: /status, success: [ready], failure: [gone]}
      responses:
        '200':
          description: The wallets.
          content:
            application/json:
              schema:
                type: object
                properties:
                  wallets: {type: array, items: {type: string}}
                  total: {type: integer}
                  status: {type: string, enum: [waiting, ready, gone]}
",
};
