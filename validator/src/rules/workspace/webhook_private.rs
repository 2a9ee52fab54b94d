use super::webhook;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("webhook-private", Profile::Workspace, include_str!("webhook_private.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for webhook in webhook::list_webhook_payloads(model)
        .filter(|webhook| !webhook.payload_schema.value_is_true("x-public"))
    {
        found
            .report_at(
                webhook.payload_schema_name_location,
                format!("`{}` is a webhook, but no type is made of it", webhook.payload_schema_name),
            )
            .with_help("add `x-public: true`");
    }
}
