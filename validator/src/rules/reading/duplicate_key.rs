use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Of two equal keys in one object, readers keep either one, without a word.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info:
  title: Wallets
  version: '1'
  title: Wallet
paths: {}
",
    good: "\
openapi: 3.0.3
info:
  title: Wallets
  version: '1'
paths: {}
",
};
