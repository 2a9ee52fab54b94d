use super::received_schemas;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("enum-value-undescribed", Profile::Workspace, include_str!("enum_value_undescribed.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for schema in received_schemas::collect_received_schemas(model) {
        let values: Vec<&Node> =
            schema.node.get_items("enum").iter().filter(|value| value.as_str().is_some()).collect();
        // An enum with a single value is not checked. The value is only a tag that tells types apart, and the
        // description of the enum explains the tag.
        if values.len() < 2 {
            continue;
        }
        let described = schema.node.get("x-enum-descriptions");
        let undescribed = |value: &&&Node| {
            let name = value.as_str().unwrap_or_default();
            described.is_none_or(|texts| texts.get(name).is_none())
        };
        for value in values.iter().filter(undescribed) {
            let name = value.as_str().unwrap_or_default();
            found
                .report_at(&value.location, format!("nothing says what the value `{name}` means"))
                .with_help(
                    "add it to `x-enum-descriptions`; if no source says it, allow it with that reason",
                );
        }
    }
}
