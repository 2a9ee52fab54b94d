use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("enum-null", Profile::OpenApi, include_str!("enum_null.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if schema.node.value_is_true("nullable") || schema.node.get("type").is_none() {
        return;
    }
    for value in schema.node.get_items("enum").iter().filter(|value| value.value == Value::Null) {
        found
            .report_at(&value.location, "null is in the `enum`, but the schema is not `nullable`")
            .with_help(
                "add `nullable: true`, or take null out; put the word in quotes when the text is meant",
            );
    }
}
