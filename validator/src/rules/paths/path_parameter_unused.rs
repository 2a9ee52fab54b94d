use partner_spec::Severity;

use super::template::Difference;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-parameter-unused",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("path_parameter_unused.md"),
};

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
