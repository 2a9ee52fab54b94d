use partner_spec::{ObjectKind, Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::{DocumentIndex, Place};

pub(super) static RULE: Rule =
    Rule::error("responses-empty", Profile::OpenApi, include_str!("responses_empty.md")).blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    index
        .object_places_of_kind(ObjectKind::Operation)
        .for_each(|operation| check_operation(operation, found));
}

fn check_operation(operation: &Place<'_>, found: &mut RuleFindings) {
    let Some(responses) = operation.node.get("responses") else { return };
    let extension = |key: &str| key.starts_with("x-");
    if responses.as_object().is_some_and(|object| object.iter().all(|entry| extension(&entry.key))) {
        found
            .report_at(&responses.location.collapse_to_start(), "this operation documents no response")
            .with_help("add the one of a success, like `'200'` with a `description`");
    }
}
