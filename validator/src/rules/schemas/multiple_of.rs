use partner_spec::{Kind, Profile, Rule};

use super::shape;

use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::each(&RULE, Kind::Schema, check);

static RULE: Rule = Rule::error("multiple-of", Profile::Openapi, include_str!("multiple_of.md"));

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
