use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "response-code",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A key below `responses` that is no status code is an answer that nobody ever recognizes.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200': {description: It worked.}
        4xx: {description: It did not.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200': {description: It worked.}
        4XX: {description: It did not.}
",
};
