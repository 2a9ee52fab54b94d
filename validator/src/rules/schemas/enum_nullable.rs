use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("enum-nullable", Profile::OpenApi, include_str!("enum_nullable.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let values = schema.node.get_items("enum");
    let has_null = values.iter().any(|value| value.value == Value::Null);
    if schema.node.value_is_true("nullable") && !values.is_empty() && !has_null {
        found
            .report_at(
                &schema.location_of_key_or_start("nullable"),
                "this is `nullable`, but null is none of the values of its `enum`",
            )
            .with_help("add `null` to the `enum`");
    }
}
