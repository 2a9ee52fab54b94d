use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ambiguous-scalar",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "Many readers still follow YAML 1.1, where `no` is false and a bare date is no text: the same file says two things.",
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
                  country: {type: string, enum: [de, no, se]}
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
                  country: {type: string, enum: [de, 'no', se]}
",
};
