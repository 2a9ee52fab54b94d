use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("enum-empty", Profile::OpenApi, include_str!("enum_empty.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if schema.node.get("enum").and_then(Node::as_array).is_some_and(<[Node]>::is_empty) {
        found
            .report_at(
                &schema.location_of_key_or_start("enum"),
                "this `enum` has no values, so nothing fits it",
            )
            .with_help("list the values, or take the `enum` away");
    }
}
