use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("operation-id-characters", Profile::OpenApi, include_str!("operation_id_characters.md"));

/// The punctuation that an `operationId` may contain: the characters of URLs. Vendors use slashes and colons to group
/// operations.
const ALLOWED_OPERATION_ID_PUNCTUATION: &str = "-._~:/?#[]@!$&'()*+,;=";

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for operation in model.operations() {
        let Some(id) = operation.place.node.get("operationId") else { continue };
        let text = id.as_str().unwrap_or_default();
        let unfit = |c: &char| !c.is_alphanumeric() && !ALLOWED_OPERATION_ID_PUNCTUATION.contains(*c);
        if let Some(character) = text.chars().find(unfit).filter(|_| !text.trim().is_empty()) {
            let what =
                if character.is_whitespace() { String::from("a space") } else { format!("`{character}`") };
            found
                .report_at(&id.location, format!("there is {what} in the operationId `{text}`"))
                .with_help("use letters and digits, like `createUser`");
        }
    }
}
