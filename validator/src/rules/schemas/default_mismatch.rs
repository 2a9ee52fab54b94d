use super::mismatch::{self, ExpectedSchema};
use crate::instance::Direction;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::error("default-mismatch", Profile::OpenApi, include_str!("default_mismatch.md"));

fn check(model: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if let Some(default) = schema.node.get("default") {
        let schema = ExpectedSchema::compile(model, schema.node, Direction::RequestOrResponse);
        mismatch::report_mismatches(model, &schema, default, "this default", found);
    }
}
