use std::collections::HashSet;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("path-item-empty", Profile::OpenApi, include_str!("path_item_empty.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let with_operations: HashSet<&str> =
        model.operations().iter().map(|operation| operation.path_template).collect();
    for item in model.object_places_of_kind(ObjectKind::PathItem) {
        let Some(path) = item.map_key.filter(|path| path.starts_with('/')) else { continue };
        let in_paths = model.find_parent_place(item).is_some_and(|parent| parent.kind == ObjectKind::Paths);
        // A path item with an unknown key is not checked, because the key may be a misspelled HTTP method. Another rule
        // reports unknown keys.
        let has_only_known_keys = item.node.as_object().is_some_and(|object| {
            object.iter().all(|entry| ObjectKind::PathItem.value_kind(&entry.key).is_some())
        });
        if in_paths && has_only_known_keys && !with_operations.contains(path) {
            found
                .report_at(item.key_location, format!("the path `{path}` has no operation"))
                .with_help("add one, or take the path away");
        }
    }
}
