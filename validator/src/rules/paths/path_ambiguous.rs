use partner_model::index::template::parse_placeholder_names;

use super::routes::PathTree;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("path-ambiguous", Profile::OpenApi, include_str!("path_ambiguous.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let mut tree = PathTree::default();
    for path in model.root.get_entries("paths").filter(|path| path.key.starts_with('/')) {
        if path.key.contains(['?', '#']) || parse_placeholder_names(&path.key).is_err() {
            continue;
        }
        let Ok(conflicting_path) = tree.find_conflicting_path(path) else {
            let what = "from this path on, paths are not compared: too many match the same URLs";
            return model.record_stopped_check(&path.key_location, what, "give paths more fixed segments");
        };
        if let Some(other) = conflicting_path {
            let message = format!("`{}` and `{}` match the same URLs", path.key, other.key);
            found
                .report_at(&path.key_location, message)
                .with_related_location(&other.key_location, "the other path")
                .with_help("give one of them a fixed segment that the other one cannot be");
        }
        tree.insert(path);
    }
}
