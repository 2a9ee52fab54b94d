use partner_spec::{ObjectKind, Profile, Rule};

use crate::findings::Findings;
use crate::index::{Index, Place};

pub(super) static RULE: Rule =
    Rule::error("path-parameter-required", Profile::Openapi, include_str!("path_parameter_required.md"))
        .blocking();

pub(super) fn check_document(index: &Index<'_>, found: &mut Findings) {
    index.objects(ObjectKind::Parameter).for_each(|parameter| check_parameter(parameter, found));
}

fn check_parameter(parameter: &Place<'_>, found: &mut Findings) {
    if parameter.node.get_str("in") != Some("path") {
        return;
    }
    let name = parameter.node.get_str("name").unwrap_or_default();
    let message = format!("the path parameter `{name}` is not required, but a path has no gaps");
    match parameter.node.get("required") {
        None => found.report_at(&parameter.start_location(), message).with_help("add `required: true`"),
        Some(required) if required.as_bool() == Some(false) => {
            found.report_at(&required.location, message).with_help("write `required: true`")
        }
        Some(_) => return,
    };
}
