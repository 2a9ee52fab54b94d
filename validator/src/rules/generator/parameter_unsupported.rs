use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "parameter-unsupported",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "The client sends path, query and header parameters in their usual styles; there is no code for others.",
    check: Check::Generator,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - {name: session, in: cookie, schema: {type: string}}
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
        - {name: session, in: query, schema: {type: string}}
      responses:
        '204': {description: It worked.}
",
};
