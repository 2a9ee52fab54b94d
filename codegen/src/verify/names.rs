use partner_spec::rules::name_collision;
use partner_spec::{Diagnostic, Diagnostics};

use super::{Check, Outcome};
use partner_model::Success;

pub(super) const CHECK: Check = Check {
    name: "names",
    why: "The types that are made for operations do not take the names of the document's schemas.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    for operation in &outcome.model.operations {
        if let Success::ByStatus { name, .. } = &operation.success
            && outcome.model.types.contains_key(name)
        {
            let message =
                format!("the successes of `{}` need a type `{name}`, which is a schema's", operation.id);
            found.push(
                Diagnostic::new(&name_collision::RULE, &operation.location, message)
                    .help("give the schema another `title`"),
            );
        }
    }
}
