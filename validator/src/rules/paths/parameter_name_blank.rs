use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Parameter, check);

static RULE: Rule =
    Rule::warning("parameter-name-blank", Profile::OpenApi, include_str!("parameter_name_blank.md"));

fn check(_: &Model<'_>, parameter: &Place<'_>, found: &mut RuleFindings) {
    // The names of headers and cookies are not checked here, because the rule `header-name` checks them.
    if matches!(parameter.node.get_str("in"), Some("header" | "cookie")) {
        return;
    }
    let Some(name) = parameter.node.get("name") else { return };
    let text = name.as_str().unwrap_or("named");
    if text.trim().is_empty() {
        found
            .report_at(&name.location, "the name of this parameter is empty")
            .with_help("write the name that is sent");
    } else if text.trim() != text {
        found
            .report_at(&name.location, format!("the name `{text}` has spaces around it"))
            .with_help("take them away; they would be sent");
    }
}
