use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "x-pagination",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "How a list goes on is said in few words; one that is not known would be a list that ends after its first page.",
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
      x-pagination: {style: pages, items: /wallets, page: page, total: /total}
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
      x-pagination: {style: page, items: /wallets, page: page, total: /total}
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
