use partner_spec::{Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;

pub(super) static RULE: Rule = Rule::error("path-query", Profile::Generator, include_str!("path_query.md"))
    .warning_in_earlier_profiles()
    .blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for path in index.root.get_entries("paths").filter(|path| path.key.starts_with('/')) {
        let Some(at) = path.key.find(['?', '#']) else { continue };
        let (what, help) = match path.key.as_bytes()[at] {
            b'?' => ("a query", "declare what is in the query as parameters with `in: query`"),
            _ => ("a fragment", "leave the fragment out; it is never sent to a server"),
        };
        found
            .report_at(&path.key_location, format!("the path `{}` has {what} in it", path.key))
            .with_help(help);
    }
}
