use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "syntax",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "What is neither YAML nor JSON cannot be read at all.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info:
  title: Wallets: the API
  version: '1'
paths: {}
",
    good: "\
openapi: 3.0.3
info:
  title: 'Wallets: the API'
  version: '1'
paths: {}
",
};
