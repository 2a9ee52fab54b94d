use std::collections::HashSet;

use partner_spec::Position;
use partner_spec::pointer::escape_token;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("entry-unlinked", Profile::Workspace, include_str!("entry_unlinked.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    // If the document has an unresolved reference, nothing is reported: the reference may be misspelled, and may be
    // meant to lead to the entry to which nothing seems to refer.
    if model.places().iter().any(|place| place.is_reference() && model.resolve(place.node).is_none()) {
        return;
    }
    let linked = collect_linked_locations(model);
    for tree in model
        .file_trees()
        .iter()
        .filter(|tree| tree.location.display_path() != model.root.location.display_path())
    {
        let is_linked = |node: &Node| linked.contains(&(tree.location.display_path(), node.location.start));
        let Some(entries) =
            tree.as_object().filter(|object| !is_linked(tree) && !object.contains_key("openapi"))
        else {
            continue;
        };
        for entry in entries.iter().filter(|entry| entry.node.as_object().is_some()) {
            if entry.node.ref_text().is_none() && !is_linked(&entry.node) {
                found
                    .report_at(&entry.key_location, format!("nothing refers to `{}`", entry.key))
                    .with_help(make_advice(&entry.key, tree, model.root));
            }
        }
    }
}

/// Returns the advice about an entry to which nothing refers. For a path, the advice contains the line to add to the
/// `paths` of the root file.
fn make_advice(key: &str, tree: &Node, root: &Node) -> String {
    let folder = root.location.display_path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = tree.location.display_path().strip_prefix(folder).map(|file| file.trim_start_matches('/'));
    match file.filter(|_| key.starts_with('/')) {
        Some(file) => {
            format!(
                "add `{key}: {{$ref: '{file}#/{}'}}` to `paths` of {}",
                escape_token(key),
                root.location.display_path()
            )
        }
        None => String::from("refer to it where it belongs, or take it out"),
    }
}

/// Returns where the linked objects begin: for each, the name of its file and the position in the file. An object is
/// linked if the root of the document leads to it, directly or through references.
fn collect_linked_locations<'m>(model: &'m Model<'_>) -> HashSet<(&'m str, Position)> {
    let objects = model.places().iter().filter(|place| !place.is_reference());
    objects.map(|place| (place.node.location.display_path(), place.node.location.start)).collect()
}
