use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::RequestBody, check);

static RULE: Rule = Rule::warning("body-empty", Profile::OpenApi, include_str!("body_empty.md"));

fn check(_: &Model<'_>, body: &Place<'_>, found: &mut RuleFindings) {
    if body.node.get("content").and_then(Node::as_object).is_some_and(|content| content.is_empty()) {
        found
            .report_at(&body.location_of_key_or_start("content"), "this request body has no media type")
            .with_help("add one, like `application/json` with a `schema`");
    }
}
