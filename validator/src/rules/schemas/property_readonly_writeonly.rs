use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::error(
    "property-readonly-writeonly",
    Profile::OpenApi,
    include_str!("property_readonly_writeonly.md"),
);

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if schema.node.value_is_true("readOnly") && schema.node.value_is_true("writeOnly") {
        let message = format!("{} is both `readOnly` and `writeOnly`", schema.schema_display_name());
        found
            .report_at(&schema.location_of_key_or_start("writeOnly"), message)
            .with_related_location(&schema.location_of_key_or_start("readOnly"), "the other one")
            .with_help("keep the one that is meant");
    }
}
