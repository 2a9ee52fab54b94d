use std::collections::HashSet;

use partner_spec::Position;
use partner_spec::pointer::escape_token;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("entry-unlinked", Profile::Workspace, include_str!("entry_unlinked.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    // Nothing is reported if the document has an unresolved reference. Such a reference may be a misspelled reference
    // to an entry, and this entry would wrongly be reported as unused.
    if model
        .places()
        .iter()
        .any(|place| place.is_reference() && model.resolve_reference(place.node).is_none())
    {
        return;
    }
    let linked = collect_linked_object_starts(model);
    for tree in model
        .unresolved_file_roots()
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
                    .with_help(make_unlinked_entry_help(&entry.key, tree, model.root));
            }
        }
    }
}

/// Returns the help text for an entry to which nothing refers. For a path, the text contains the line to add to `paths`
/// in the root file.
fn make_unlinked_entry_help(key: &str, tree: &Node, root: &Node) -> String {
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

/// Returns where each linked object starts: the name of the file, and the position in the file. An object is linked if
/// the root of the document leads to it, directly or through references.
fn collect_linked_object_starts<'m>(model: &'m Model<'_>) -> HashSet<(&'m str, Position)> {
    let objects = model.places().iter().filter(|place| !place.is_reference());
    objects.map(|place| (place.node.location.display_path(), place.node.location.start)).collect()
}
