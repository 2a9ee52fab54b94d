use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "several-documents",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A file holds one YAML document; most readers take the first and drop the rest without a word.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
---
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
",
};
