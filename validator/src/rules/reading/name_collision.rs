use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "name-collision",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Names are unique within an API; of two schemas with one name, only one can become a type.",
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
          content:
            application/json:
              schema:
                type: object
                properties:
                  owner: {$ref: people.yaml#/Owner}
                  payer: {$ref: firms.yaml#/Owner}
# file: people.yaml
Owner: {type: string}
# file: firms.yaml
Owner: {type: integer}
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
                properties:
                  owner: {$ref: people.yaml#/Owner}
                  payer: {$ref: firms.yaml#/Firm}
# file: people.yaml
Owner: {type: string}
# file: firms.yaml
Firm: {type: integer}
",
};
