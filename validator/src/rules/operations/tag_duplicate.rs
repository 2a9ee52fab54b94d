use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("tag-duplicate", Profile::OpenApi, include_str!("tag_duplicate.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let names = model.root.get_items("tags").iter().filter_map(|tag| tag.get("name"));
    for (name, first) in find_items_with_repeated_keys(names.filter_map(|name| Some((name.as_str()?, name))))
    {
        let tag = name.as_str().unwrap_or_default();
        found
            .report_at(&name.location, format!("the tag `{tag}` is declared twice"))
            .with_related_location(&first.location, "first here")
            .with_help("take one of the two away");
    }
}
