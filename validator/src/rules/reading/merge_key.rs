use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "merge-key",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "`<<` was never part of YAML 1.2: some readers merge, others see a key of that name.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
x-answer: &answer
  description: It worked.
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '204':
          <<: *answer
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '204':
          description: It worked.
",
};
