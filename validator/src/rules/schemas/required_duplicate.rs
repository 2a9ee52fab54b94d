use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule =
    Rule::error("required-duplicate", Profile::OpenApi, include_str!("required_duplicate.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let names = schema.node.get_items("required").iter();
    for (name, first) in find_items_with_repeated_keys(names.filter_map(|name| Some((name.as_str()?, name))))
    {
        found
            .report_at(
                &name.location,
                format!("`{}` is in `required` twice", name.as_str().unwrap_or_default()),
            )
            .with_related_location(&first.location, "first here")
            .with_help("take it out, or write the name that was meant");
    }
}
