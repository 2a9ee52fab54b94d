use partner_model::names::is_nameable;
use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "operation-id-name",
    severity: Severity::Error,
    profile: Profile::Generator,
    check: Check::Document(check),
    page: include_str!("operation_id_name.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        let Some(id) = operation.place.node.get("operationId") else { continue };
        let text = id.as_str().unwrap_or("named");
        if !text.trim().is_empty() && !is_nameable(text) {
            found
                .at(&id.location, format!("`{text}` cannot be the name of a method"))
                .help("use letters, like `createUser`");
        }
    }
}
