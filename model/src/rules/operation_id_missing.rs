use partner_spec::{Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;

pub(super) static RULE: Rule =
    Rule::error("operation-id-missing", Profile::Generator, include_str!("operation_id_missing.md"))
        .blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for operation in index.operations() {
        match operation.place.node.get("operationId") {
            None => found
                .report_at(
                    operation.place.key_location,
                    format!("{} has no operationId", operation.method_and_path()),
                )
                .with_help("add one; it becomes the name of the method, like `createUser`"),
            Some(id) if id.as_str().is_some_and(|id| id.trim().is_empty()) => found
                .report_at(
                    &id.location,
                    format!("the operationId of {} is empty", operation.method_and_path()),
                )
                .with_help("say what the operation does, like `createUser`"),
            Some(_) => continue,
        };
    }
}
