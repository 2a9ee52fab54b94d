use partner_spec::{Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;
use crate::names::{
    MAX_OPERATION_ID_BYTES, RESERVED_METHOD_NAMES, can_become_identifier, to_snake_case_name,
};

pub(super) static RULE: Rule =
    Rule::error("operation-id-name", Profile::Generator, include_str!("operation_id_name.md")).blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for operation in index.operations() {
        let Some(id) = operation.place.node.get("operationId") else { continue };
        let Some(text) = id.as_str().filter(|text| !text.trim().is_empty()) else { continue };
        if text.len() > MAX_OPERATION_ID_BYTES {
            let message = format!(
                "this operationId has {} characters; a name has at most {MAX_OPERATION_ID_BYTES}",
                text.len()
            );
            found
                .report_at(&id.location, message)
                .with_help("say in a few words what the operation does, like `createUser`");
            continue;
        }
        let name = to_snake_case_name(text);
        if !can_become_identifier(text) {
            found
                .report_at(&id.location, format!("`{text}` cannot be the name of a method"))
                .with_help("use letters, like `createUser`");
        } else if RESERVED_METHOD_NAMES.contains(&name.as_str()) {
            let message = format!("a method cannot be called `{name}`: every client has one already");
            found
                .report_at(&id.location, message)
                .with_help("say what the operation does, like `createUser`");
        }
    }
}
