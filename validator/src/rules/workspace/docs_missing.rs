use super::extensions;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("docs-missing", Profile::Workspace, include_str!("docs_missing.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let help = "add `x-docs: {page: ..., retrieved: 'YYYY-MM-DD', confidence: documented}`";
    for operation in model.operations() {
        if is_missing(operation.place.node) {
            let message = format!("{} does not say where it comes from", operation.method_and_path());
            found.report_at(&operation.location(), message).with_help(help);
        }
    }
    for webhook in super::webhook::list_webhook_payloads(model) {
        if is_missing(webhook.payload_schema) {
            found
                .report_at(
                    webhook.payload_schema_name_location,
                    format!("`{}` does not say where it comes from", webhook.payload_schema_name),
                )
                .with_help(help);
        }
    }
}

fn is_missing(node: &Node) -> bool {
    node.get("x-docs").is_none() && !extensions::has_misspelling_of("x-docs", node)
}
