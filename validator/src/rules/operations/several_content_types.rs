use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&partner_model::rules::several_content_types::RULE, check);

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        let responses = operation.place.node.entries("responses");
        for response in responses.filter(|response| response.key.starts_with('2')) {
            let Some(node) = model.resolve(&response.node) else { continue };
            if let Some(second) = node.entries("content").nth(1) {
                let message = format!("a success answers several content types, `{}` among them", second.key);
                found.at(&response.key_location, message).help("keep the one that the client should ask for");
            }
        }
    }
}
