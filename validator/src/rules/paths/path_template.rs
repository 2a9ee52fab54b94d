use super::template::placeholders;
use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&partner_model::rules::path_template::RULE, check);

fn check(model: &Model<'_>, found: &mut Findings) {
    for path in model.root.entries("paths").filter(|path| path.key.starts_with('/')) {
        if let Err(why) = placeholders(&path.key) {
            found
                .at(&path.key_location, format!("the path `{}` {why}", path.key))
                .help("a path looks like `/users/{user_id}/orders`");
        }
    }
}
