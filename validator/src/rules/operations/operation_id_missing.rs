use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&partner_model::rules::operation_id_missing::RULE, check);

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
