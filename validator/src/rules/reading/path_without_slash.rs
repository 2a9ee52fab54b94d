use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-without-slash",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A path is put behind the URL of the server; without its slash, the two run into each other.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  wallets:
    get:
      operationId: listWallets
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
      responses:
        '204': {description: It worked.}
",
};
