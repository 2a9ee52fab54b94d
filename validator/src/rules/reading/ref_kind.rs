use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ref-kind",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A reference stands for an object; one of another kind in its place makes no sense to any reader.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - $ref: '#/components/parameters/Limit'
        - name: offset
          in: query
          schema: {$ref: '#/components/parameters/Limit'}
      responses:
        '204': {description: It worked.}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer}}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - $ref: '#/components/parameters/Limit'
        - name: offset
          in: query
          schema: {$ref: '#/components/schemas/Count'}
      responses:
        '204': {description: It worked.}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {$ref: '#/components/schemas/Count'}}
  schemas:
    Count: {type: integer}
",
};
