use crate::instance::Decimal;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::error("multiple-of", Profile::OpenApi, include_str!("multiple_of.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if let Some(node) = schema.node.get("multipleOf")
        && Decimal::from_keyword(schema.node, "multipleOf").is_some_and(|factor| !factor.is_positive())
    {
        found
            .report_at(&node.location, "`multipleOf` is not more than zero")
            .with_help("write the step between two values, like 0.01");
    }
}
