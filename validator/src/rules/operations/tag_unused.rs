use std::collections::BTreeSet;

use super::find_similar_name;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

pub(in crate::rules) static RULE: Rule =
    Rule::warning("tag-unused", Profile::OpenApi, include_str!("tag_unused.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    // A document without operations is not checked. It is a library of components for other documents, and these may
    // use its tags.
    if model.operations().is_empty() {
        return;
    }
    let tags = model
        .object_places_of_kind(ObjectKind::Operation)
        .flat_map(|operation| operation.node.get_items("tags"));
    let used: BTreeSet<&str> = tags.filter_map(|tag| tag.as_str()).collect();
    let declared: Vec<&str> =
        model.root.get_items("tags").iter().filter_map(|tag| tag.get_str("name")).collect();
    let known: BTreeSet<&str> = declared.iter().copied().collect();
    let undeclared = used.iter().filter(|name| !known.contains(*name));
    // The declared tags whose names an operation probably misspells. They are not reported as unused, because the rule
    // `tag-undeclared` reports the misspelled name.
    let probably_intended_tag_names: BTreeSet<&str> =
        undeclared.filter_map(|name| find_similar_name(name, declared.iter().copied())).collect();
    for tag in model.root.get_items("tags") {
        let Some(name) = tag.get("name") else { continue };
        let Some(text) =
            name.as_str().filter(|text| !used.contains(text) && !probably_intended_tag_names.contains(text))
        else {
            continue;
        };
        // A tag with `x-traitTag` needs no operation, because documentation tools show it as a separate page.
        if !tag.value_is_true("x-traitTag") {
            found
                .report_at(&name.location, format!("no operation has the tag `{text}`"))
                .with_help("take it away, or give it to an operation");
        }
    }
}
