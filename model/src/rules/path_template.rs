use partner_spec::{Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;
use crate::index::template::parse_placeholder_names;

pub(super) static RULE: Rule =
    Rule::error("path-template", Profile::OpenApi, include_str!("path_template.md")).blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for path in index.root.get_entries("paths").filter(|path| path.key.starts_with('/')) {
        if let Err(why) = parse_placeholder_names(&path.key) {
            found
                .report_at(&path.key_location, format!("the path `{}` {why}", path.key))
                .with_help("a path looks like `/users/{user_id}/orders`");
        }
    }
}
