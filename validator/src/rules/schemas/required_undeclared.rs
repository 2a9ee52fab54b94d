use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "required-undeclared",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A required property that is not declared is a typo or has been forgotten: it would be demanded without a type.",
    check: Check::Each(Kind::Schema, check),
    bad: "\
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

fn check(_: &Model<'_>, _schema: &Place<'_>, _found: &mut Findings) {}
