use partner_spec::{Node, Severity};

use super::example::operation;
use super::extensions;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "docs-missing",
    severity: Severity::Error,
    profile: Profile::Workspace,
    reason: "Operations and webhooks say which docs page they come from, when that was read and how sure it is, so that a reviewer can check it.",
    check: Check::Document(check),
    bad: operation!(""),
    good: operation!("      x-docs: {page: Payments, retrieved: '2026-01-31', confidence: documented}\n"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    let help = "add `x-docs: {page: ..., retrieved: 'YYYY-MM-DD', confidence: documented}`";
    for operation in model.operations() {
        if is_missing(operation.place.node) {
            let message = format!("{} does not say where it comes from", operation.title());
            found.at(&operation.location(), message).help(help);
        }
    }
    for webhook in super::webhook::all(model) {
        if is_missing(webhook.schema) {
            found.at(webhook.at, format!("`{}` does not say where it comes from", webhook.name)).help(help);
        }
    }
}

fn is_missing(node: &Node) -> bool {
    node.get("x-docs").is_none() && !extensions::is_misspelled("x-docs", node)
}
