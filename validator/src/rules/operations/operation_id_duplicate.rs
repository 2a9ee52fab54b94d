use std::collections::HashMap;

use partner_spec::Kind;

use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&partner_model::rules::operation_id_duplicate::RULE, check);

fn check(model: &Model<'_>, found: &mut Findings) {
    let mut first: HashMap<&str, &Place<'_>> = HashMap::new();
    for operation in model.each(Kind::Operation) {
        let Some(id) = operation.node.get("operationId") else { continue };
        let Some(text) = id.as_str().filter(|text| !text.trim().is_empty()) else { continue };
        let Some(other) = first.get(text) else {
            first.insert(text, operation);
            continue;
        };
        let Some(twin) = other.node.get("operationId") else { continue };
        // A callback that several operations refer to is one operation, written once.
        let in_callback = model.ancestors(operation).any(|holder| holder.kind == Kind::Callback);
        if !(in_callback && twin.location == id.location) {
            found
                .at(&id.location, format!("the operationId `{text}` is there twice"))
                .related(&twin.location, "first here")
                .help("give one of them another operationId");
        }
    }
}
