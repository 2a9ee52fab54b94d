use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "swagger-2-keyword",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Readers of OpenAPI 3.0 ignore what only Swagger 2.0 had, so it gets lost on the way.",
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
          schema: {type: array, items: {type: string}}
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
              schema: {type: array, items: {type: string}}
",
};
