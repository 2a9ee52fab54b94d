use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "parameter-name",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "A parameter becomes an argument, which needs a name that no other argument of the method has.",
    check: Check::Generator,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - {name: user-id, in: query, schema: {type: string}}
        - {name: user_id, in: query, schema: {type: string}}
      responses:
        '204': {description: It worked.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - {name: user-id, in: query, schema: {type: string}}
        - {name: owner_id, in: query, schema: {type: string}}
      responses:
        '204': {description: It worked.}
",
};
