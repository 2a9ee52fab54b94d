use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Example, check);

static RULE: Rule =
    Rule::error("example-value-twice", Profile::OpenApi, include_str!("example_value_twice.md"));

fn check(_: &Model<'_>, example: &Place<'_>, found: &mut RuleFindings) {
    if example.node.get("value").is_some() && example.node.get("externalValue").is_some() {
        found
            .report_at(
                &example.location_of_key_or_start("externalValue"),
                "this example has both `value` and `externalValue`",
            )
            .with_related_location(&example.location_of_key_or_start("value"), "the other one")
            .with_help("keep one of them");
    }
}
