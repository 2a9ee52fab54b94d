use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "exclusive-without-limit",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("exclusive_without_limit.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if schema.node.flag(exclusive) && schema.node.get(limit).is_none() {
            found
                .at(&schema.key(exclusive), format!("`{exclusive}` has no `{limit}` beside it"))
                .help(format!("add `{limit}`, or take `{exclusive}` away"));
        }
    }
}
