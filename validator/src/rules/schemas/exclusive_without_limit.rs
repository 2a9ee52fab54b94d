use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule =
    Rule::warning("exclusive-without-limit", Profile::OpenApi, include_str!("exclusive_without_limit.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if schema.node.value_is_true(exclusive) && schema.node.get(limit).is_none() {
            found
                .report_at(
                    &schema.location_of_key_or_start(exclusive),
                    format!("`{exclusive}` has no `{limit}` beside it"),
                )
                .with_help(format!("add `{limit}`, or take `{exclusive}` away"));
        }
    }
}
