use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("response-body-unexpected", Profile::OpenApi, include_str!("response_body_unexpected.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for operation in model.object_places_of_kind(ObjectKind::Operation) {
        for response in operation.node.get_entries("responses") {
            let status = response.key.as_str();
            let why = match (operation.key_in_parent, status) {
                ("head", _) => String::from("a response to HEAD"),
                (_, "204" | "205" | "304") => format!("a response with {status}"),
                (_, status) if status.len() == 3 && status.starts_with('1') => {
                    format!("a response with {status}")
                }
                _ => continue,
            };
            let Some(content) =
                model.resolve_reference(&response.node).and_then(|r| r.as_object()?.entry("content"))
            else {
                continue;
            };
            if content.node.as_object().is_some_and(|content| content.is_empty()) {
                continue;
            }
            // Other operations may refer to the same response, and HTTP may allow a body there. So if the response is
            // a `$ref`, the finding is at the `$ref`, and not in the shared response.
            let is_reference = response.node.ref_text().is_some();
            let at = if is_reference { &response.key_location } else { &content.key_location };
            found
                .report_at(at, format!("{why} has no body"))
                .with_help("take `content` away, or check the status");
        }
    }
}
