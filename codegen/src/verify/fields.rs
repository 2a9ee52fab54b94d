use partner_spec::Diagnostics;

use super::{Check, Outcome, broken};

pub(super) const CHECK: Check =
    Check { name: "fields", why: "Every property has a field of its own.", check };

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    for (type_name, item) in &outcome.core.structs {
        let Some(object) = outcome.model.object(type_name) else { continue };
        if item.fields.len() < object.fields.len() {
            let message = format!("typify generated fewer fields for `{type_name}` than it has properties");
            found.push(broken(outcome.model, message));
        }
    }
}
