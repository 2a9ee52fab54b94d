use partner_spec::{ObjectKind, Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::{DocumentIndex, Place};

pub(super) static RULE: Rule =
    Rule::error("path-parameter-required", Profile::OpenApi, include_str!("path_parameter_required.md"))
        .blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    index
        .object_places_of_kind(ObjectKind::Parameter)
        .for_each(|parameter| check_parameter(parameter, found));
}

fn check_parameter(parameter: &Place<'_>, found: &mut RuleFindings) {
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
