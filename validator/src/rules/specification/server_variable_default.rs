use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::ServerVariable, check);

static RULE: Rule =
    Rule::warning("server-variable-default", Profile::OpenApi, include_str!("server_variable_default.md"));

fn check(_: &Model<'_>, variable: &Place<'_>, found: &mut RuleFindings) {
    let (Some(default), values) = (variable.node.get("default"), variable.node.get_items("enum")) else {
        return;
    };
    let Some(text) = default.as_str() else { return };
    if !values.is_empty() && !values.iter().any(|value| value.as_str() == Some(text)) {
        let help = advise_on_unknown_name(text, values.iter().filter_map(|value| value.as_str()));
        found
            .report_at(&default.location, format!("the default `{text}` is none of the values"))
            .with_related_location(&variable.location_of_key_or_start("enum"), "the values")
            .with_help(help.unwrap_or_else(|| String::from("add it to `enum`, or choose one of them")));
    }
}
