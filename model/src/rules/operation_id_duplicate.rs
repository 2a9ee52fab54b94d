use std::collections::HashMap;

use partner_spec::{ObjectKind, Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::{DocumentIndex, Place};

pub(super) static RULE: Rule =
    Rule::error("operation-id-duplicate", Profile::OpenApi, include_str!("operation_id_duplicate.md"))
        .blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    let mut first: HashMap<&str, &Place<'_>> = HashMap::new();
    for operation in index.object_places_of_kind(ObjectKind::Operation) {
        let Some(id) = operation.node.get("operationId") else { continue };
        let Some(text) = id.as_str().filter(|text| !text.trim().is_empty()) else { continue };
        let Some(other) = first.get(text) else {
            first.insert(text, operation);
            continue;
        };
        let Some(twin) = other.node.get("operationId") else { continue };
        // The index lists the operation of a callback once for each reference to the callback. These entries are not
        // duplicates: their `operationId` has the same location.
        let is_in_callback = index.ancestors(operation).any(|holder| holder.kind == ObjectKind::Callback);
        if !(is_in_callback && twin.location == id.location) {
            found
                .report_at(&id.location, format!("the operationId `{text}` is there twice"))
                .with_related_location(&twin.location, "first here")
                .with_help("give one of them another operationId");
        }
    }
}
