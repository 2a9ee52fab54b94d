use partner_spec::Kind;

use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check =
    Check::each(&partner_model::rules::path_parameter_required::RULE, Kind::Parameter, check);

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
