use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("path-empty-segment", Profile::OpenApi, include_str!("path_empty_segment.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for path in model.root.get_entries("paths").filter(|path| path.key.starts_with('/')) {
        if path.key.split(['?', '#']).next().unwrap_or_default().contains("//") {
            found
                .report_at(&path.key_location, format!("the path `{}` has two slashes in a row", path.key))
                .with_help("take one of them away");
        }
    }
}
