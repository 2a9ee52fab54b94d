use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-parameter-required",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Parameter, check),
    page: include_str!("path_parameter_required.md"),
};

fn check(_: &Model<'_>, parameter: &Place<'_>, found: &mut Findings) {
    if parameter.node.str("in") != Some("path") {
        return;
    }
    let name = parameter.node.str("name").unwrap_or_default();
    let message = format!("the path parameter `{name}` is not required, but a path has no gaps");
    match parameter.node.get("required") {
        None => found.at(&parameter.start(), message).help("add `required: true`"),
        Some(required) if required.as_bool() == Some(false) => {
            found.at(&required.location, message).help("write `required: true`")
        }
        Some(_) => return,
    };
}
