use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::ServerVariable, check);

static RULE: Rule = Rule::warning(
    "server-variable-enum-empty",
    Profile::OpenApi,
    include_str!("server_variable_enum_empty.md"),
);

fn check(_: &Model<'_>, variable: &Place<'_>, found: &mut RuleFindings) {
    if let Some(values) = variable.node.get("enum").filter(|v| v.as_array().is_some_and(<[Node]>::is_empty)) {
        found
            .report_at(&values.location, "the list of values is empty, so no value is right")
            .with_help("name the values, or leave `enum` out where any will do");
    }
}
