use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule =
    Rule::warning("format-number-as-text", Profile::OpenApi, include_str!("format_number_as_text.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if let (Some("string"), Some(node)) = (schema.node.get_str("type"), schema.node.get("format"))
        && node.as_str() == Some("int64")
    {
        found
            .report_at(&node.location, "`int64` is a format of `integer`, but this is a string")
            .with_help("write `type: integer`, or leave the format out where the number really is in quotes");
    }
}
