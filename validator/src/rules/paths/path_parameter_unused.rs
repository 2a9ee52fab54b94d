use super::template::Difference;
use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&partner_model::rules::path_parameter_unused::RULE, check);

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        for parameter in Difference::of(operation, model).unused {
            let message =
                format!("the path `{}` has no `{{{}}}` for this parameter", operation.path, parameter.name);
            found
                .at(&parameter.used_at.to_start(), message)
                .related(operation.path_location, "the path")
                .help("put the name into the path in braces, or take the parameter away");
        }
    }
}
