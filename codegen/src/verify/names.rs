use partner_spec::{Diagnostic, Diagnostics};

use super::{Check, Outcome};
use partner_model::api::Success;

pub(super) const CHECK: Check = Check {
    name: "names",
    why: "The types that are made for operations do not take the names of the document's schemas.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    for operation in &outcome.api.operations {
        if let Some(Success::ByStatus { name, .. }) = &operation.success
            && outcome.api.schemas.contains_key(name)
        {
            let message =
                format!("the successes of `{}` need a type `{name}`, which is a schema's", operation.id);
            found.push(
                Diagnostic::error("name-collision", &operation.location, message)
                    .help("give the schema another `title`"),
            );
        }
    }
}
