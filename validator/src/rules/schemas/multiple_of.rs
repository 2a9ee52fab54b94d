use partner_spec::{Kind, Severity};

use super::shape;

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "multiple-of",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("multiple_of.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if let (Some(factor), Some(node)) =
        (shape::number(schema.node, "multipleOf"), schema.node.get("multipleOf"))
        && factor <= 0.0
    {
        found
            .at(&node.location, "`multipleOf` is not more than zero")
            .help("write the step between two values, like 0.01");
    }
}
