use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::error("required-empty", Profile::OpenApi, include_str!("required_empty.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if schema.node.get("required").and_then(Node::as_array).is_some_and(<[Node]>::is_empty) {
        found
            .report_at(
                &schema.location_of_key_or_start("required"),
                "`required` has no names, which JSON Schema does not allow here",
            )
            .with_help("take the line away when nothing is required");
    }
}
