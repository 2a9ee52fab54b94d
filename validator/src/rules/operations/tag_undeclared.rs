use std::collections::BTreeSet;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("tag-undeclared", Profile::OpenApi, include_str!("tag_undeclared.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let declared: BTreeSet<&str> =
        model.root.get_items("tags").iter().filter_map(|tag| tag.get_str("name")).collect();
    // A document that declares no tags is not checked, because OpenAPI does not require declarations. But if a document
    // declares some of its tags, it should declare all of them.
    if declared.is_empty() {
        return;
    }
    for operation in model.object_places_of_kind(ObjectKind::Operation) {
        for tag in operation.node.get_items("tags") {
            let Some(name) = tag.as_str().filter(|name| !declared.contains(name)) else { continue };
            let help = advise_on_unknown_name(name, declared.iter().copied());
            found
                .report_at(&tag.location, format!("the tag `{name}` is not declared"))
                .with_help(help.unwrap_or_else(|| String::from("add it to `tags`")));
        }
    }
}
