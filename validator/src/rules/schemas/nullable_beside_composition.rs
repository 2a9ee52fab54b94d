use super::shape;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning(
    "nullable-beside-composition",
    Profile::OpenApi,
    include_str!("nullable_beside_composition.md"),
);

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let node = schema.node;
    if node.value_is_true("nullable") && node.get("type").is_none() && shape::has_composition_keyword(node) {
        found
            .report_at(
                &schema.location_of_key_or_start("nullable"),
                "`nullable` has no `type` beside it, so it does not mean anything",
            )
            .with_help("add the `type` here, beside `nullable`");
    }
}
