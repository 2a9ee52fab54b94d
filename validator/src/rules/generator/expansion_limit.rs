use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "expansion-limit",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "What is shared or included becomes a copy in each place; a few lines can stand for more than memory holds.",
    check: Check::Generator,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
x-a: &a [x, x, x, x, x, x, x, x, x, x]
x-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
x-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
x-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200': {$ref: '#/components/responses/Wallets'}
components:
  responses:
    Wallets:
      description: The wallets.
      content:
        application/json:
          schema:
            type: object
            properties: {ids: {}}
            example: {ids: [*d, *d, *d, *d, *d, *d]}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
x-a: &a [x, x, x, x, x, x, x, x, x, x]
x-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
x-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
x-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200': {$ref: '#/components/responses/Wallets'}
components:
  responses:
    Wallets:
      description: The wallets.
      content:
        application/json:
          schema:
            type: object
            properties: {ids: {}}
            example: {ids: [*a, *a]}
",
};
