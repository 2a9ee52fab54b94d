use partner_model::index::template::{normalize_path_template, parse_placeholder_names};

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("path-duplicate", Profile::OpenApi, include_str!("path_duplicate.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let is_path = |path: &&Entry| {
        path.key.starts_with('/')
            && !path.key.contains(['?', '#'])
            && parse_placeholder_names(&path.key).is_ok()
    };
    let paths = model.root.get_entries("paths").filter(is_path);
    for (path, first) in
        find_items_with_repeated_keys(paths.map(|path| (normalize_path_template(&path.key), path)))
    {
        found
            .report_at(&path.key_location, format!("`{}` is the same path as `{}`", path.key, first.key))
            .with_related_location(&first.key_location, "first here")
            .with_help("put the operations of both under one of them");
    }
}
