use std::collections::HashMap;

use super::webhook;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::error("webhook-duplicate", Profile::Workspace, include_str!("webhook_duplicate.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let mut seen: HashMap<&str, &Location> = HashMap::new();
    for title in webhook::list_webhook_payloads(model).filter_map(|webhook| webhook.title) {
        let Some(text) = title.as_str() else { continue };
        if let Some(first) = seen.insert(text, &title.location) {
            found
                .report_at(&title.location, format!("two payloads are those of the webhook `{text}`"))
                .with_related_location(first, "the other one")
                .with_help("give each the title that the docs have for it");
        }
    }
}
