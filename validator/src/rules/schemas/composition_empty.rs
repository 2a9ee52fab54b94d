use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::error("composition-empty", Profile::OpenApi, include_str!("composition_empty.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    for key in ["allOf", "anyOf", "oneOf"] {
        if schema.node.get(key).and_then(Node::as_array).is_some_and(<[Node]>::is_empty) {
            found
                .report_at(&schema.location_of_key_or_start(key), format!("`{key}` has no members"))
                .with_help("list the schemas that are meant, or take the line away");
        }
    }
}
