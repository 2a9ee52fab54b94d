use partner_spec::Severity;

use super::example::answering;
use super::webhook;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "webhook-private",
    severity: Severity::Error,
    profile: Profile::Workspace,
    reason: "No operation reaches the payload of a webhook, so without `x-public` no type is made of it.",
    check: Check::Document(check),
    bad: answering!(
        "    Payment: {description: A payment., type: object}
    PaymentMade:
      description: A payment was made.
      type: object
      x-webhook: {title: payment.made}
      x-docs: {page: Events, retrieved: '2026-01-31', confidence: documented}
      properties:
        reference: {description: What was paid., type: string}
"
    ),
    good: answering!(
        "    Payment: {description: A payment., type: object}
    PaymentMade:
      description: A payment was made.
      type: object
      x-public: true
      x-webhook: {title: payment.made}
      x-docs: {page: Events, retrieved: '2026-01-31', confidence: documented}
      properties:
        reference: {description: What was paid., type: string}
"
    ),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for webhook in webhook::all(model).filter(|webhook| !webhook.schema.flag("x-public")) {
        found
            .at(webhook.at, format!("`{}` is a webhook, but no type is made of it", webhook.name))
            .help("add `x-public: true`");
    }
}
