use super::shape;
use crate::instance::to_canonical_text;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::error("one-of-duplicate", Profile::OpenApi, include_str!("one_of_duplicate.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let members = schema.node.get_items("oneOf").iter().enumerate();
    for ((index, member), (_, first)) in
        find_items_with_repeated_keys(members.map(|member| (to_canonical_text(member.1), member)))
    {
        let name = shape::make_member_label(member, index);
        found
            .report_at(&member.location.collapse_to_start(), format!("{name} is in `oneOf` twice"))
            .with_related_location(&first.location.collapse_to_start(), "first here")
            .with_help("take it out, or refer to the schema that was meant");
    }
}
