use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Parameter, check);

static RULE: Rule =
    Rule::warning("parameter-default-unused", Profile::OpenApi, include_str!("parameter_default_unused.md"));

fn check(_: &Model<'_>, parameter: &Place<'_>, found: &mut RuleFindings) {
    let default = parameter.node.get("schema").and_then(|schema| schema.as_object()?.entry("default"));
    if let Some(default) = default
        && parameter.node.value_is_true("required")
        && parameter.node.get_str("in") != Some("path")
    {
        let name = parameter.node.get_str("name").unwrap_or_default();
        found
            .report_at(&default.key_location, format!("`{name}` has a default, but is required"))
            .with_help("take the default away, or `required`; a usual value is an `example`");
    }
}
