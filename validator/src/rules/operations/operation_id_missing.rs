use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "operation-id-missing",
    severity: Severity::Error,
    profile: Profile::Generator,
    check: Check::Document(check),
    page: include_str!("operation_id_missing.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        match operation.place.node.get("operationId") {
            None => found
                .at(operation.place.key_location, format!("{} has no operationId", operation.title()))
                .help("add one; it becomes the name of the method, like `createUser`"),
            Some(id) if id.as_str().is_some_and(|id| id.trim().is_empty()) => found
                .at(&id.location, format!("the operationId of {} is empty", operation.title()))
                .help("say what the operation does, like `createUser`"),
            Some(_) => continue,
        };
    }
}
