use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Response, check);

static RULE: Rule = Rule::warning(
    "response-description-empty",
    Profile::OpenApi,
    include_str!("response_description_empty.md"),
);

fn check(_: &Model<'_>, response: &Place<'_>, found: &mut RuleFindings) {
    let Some(description) = response.node.get("description") else { return };
    if description.as_str().is_some_and(|text| text.trim().is_empty()) {
        found
            .report_at(&description.location, "the description of this response is empty")
            .with_help("say in a sentence when it comes, and what it holds");
    }
}
