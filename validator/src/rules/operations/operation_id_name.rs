use partner_model::names::is_nameable;

use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&partner_model::rules::operation_id_name::RULE, check);

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
