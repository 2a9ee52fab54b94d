use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Operation, check);

static RULE: Rule = Rule::warning("body-unexpected", Profile::OpenApi, include_str!("body_unexpected.md"));

fn check(_: &Model<'_>, operation: &Place<'_>, found: &mut RuleFindings) {
    let without = ["get", "head", "delete", "options", "trace"];
    if without.contains(&operation.key_in_parent) && operation.node.get("requestBody").is_some() {
        let message = format!("a {} request has no body", operation.key_in_parent.to_uppercase());
        found.report_at(&operation.location_of_key_or_start("requestBody"), message).with_help(
            "use parameters or another method; if the server does want it, say so in `x-lint-allow`",
        );
    }
}
