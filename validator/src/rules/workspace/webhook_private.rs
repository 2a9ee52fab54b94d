use partner_spec::Severity;

use super::webhook;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "webhook-private",
    severity: Severity::Error,
    profile: Profile::Workspace,
    check: Check::Document(check),
    page: include_str!("webhook_private.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for webhook in webhook::all(model).filter(|webhook| !webhook.schema.flag("x-public")) {
        found
            .at(webhook.at, format!("`{}` is a webhook, but no type is made of it", webhook.name))
            .help("add `x-public: true`");
    }
}
