use partner_spec::{Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;

pub(super) static RULE: Rule =
    Rule::error("several-content-types", Profile::Generator, include_str!("several_content_types.md"))
        .blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for operation in index.operations() {
        let responses = operation.place.node.get_entries("responses");
        for response in responses.filter(|response| response.key.starts_with('2')) {
            let Some(node) = index.resolve_reference(&response.node) else { continue };
            if let Some(second) = node.get_entries("content").nth(1) {
                let message =
                    format!("a success response has several content types, `{}` among them", second.key);
                found
                    .report_at(&second.key_location, message)
                    .with_help("keep the one that the client should ask for");
            }
        }
    }
}
