use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::RequestBody, check);

static RULE: Rule = Rule::warning("body-optional", Profile::OpenApi, include_str!("body_optional.md"));

fn check(model: &Model<'_>, body: &Place<'_>, found: &mut RuleFindings) {
    if body.node.get("required").is_some() {
        return;
    }
    let demanding = |media: &partner_spec::Entry| {
        let schema = media.node.get("schema").and_then(|schema| model.resolve_reference(schema));
        schema.is_some_and(|schema| !schema.get_items("required").is_empty())
    };
    let mut media = body.node.get_entries("content").peekable();
    if media.peek().is_some() && media.all(demanding) {
        found
            .report_at(&body.start_location(), "this body is optional, but what is in it is required")
            .with_help("add `required: true`, or `required: false` if it may really be left out");
    }
}
