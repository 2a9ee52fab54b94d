//! The types that are made for operations do not take the names of the document's schemas.

use partner_model::{Model, Success};
use partner_spec::rules::name_collision;
use partner_spec::{Diagnostic, Diagnostics};

pub(super) fn check(model: &Model, found: &mut Diagnostics) {
    for operation in &model.operations {
        if let Success::ByStatus { name, .. } = &operation.success
            && model.types.contains_key(name)
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
