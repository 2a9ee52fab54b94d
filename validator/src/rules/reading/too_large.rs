use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "too-large",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A few lines of YAML can expand to more than any memory holds.",
    check: Check::Reading,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
x-a: &a [x, x, x, x, x, x, x, x, x, x]
x-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
x-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
x-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
x-e: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
x-a: &a [x, x, x, x, x, x, x, x, x, x]
x-b: [*a, *a]
",
};
