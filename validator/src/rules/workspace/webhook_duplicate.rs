use std::collections::HashMap;

use partner_spec::{Location, Severity};

use super::example::answering;
use super::webhook;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "webhook-duplicate",
    severity: Severity::Error,
    profile: Profile::Workspace,
    reason: "The title of a webhook tells which payload it is; with two payloads of one title the receiver takes the wrong one.",
    check: Check::Document(check),
    bad: answering!(
        "    Payment: {description: A payment., type: object}
    PaymentMade:
      description: A payment was made.
      type: object
      x-public: true
      x-webhook: {title: payment.made}
      x-docs: {page: Events, retrieved: '2026-01-31', confidence: documented}
      properties:
        reference: {description: What was paid., type: string}
    PaymentFailed:
      description: A payment has failed.
      type: object
      x-public: true
      x-webhook: {title: payment.made}
      x-docs: {page: Events, retrieved: '2026-01-31', confidence: documented}
      properties:
        reason: {description: Why it failed., type: string}
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
    PaymentFailed:
      description: A payment has failed.
      type: object
      x-public: true
      x-webhook: {title: payment.failed}
      x-docs: {page: Events, retrieved: '2026-01-31', confidence: documented}
      properties:
        reason: {description: Why it failed., type: string}
"
    ),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    let mut seen: HashMap<&str, &Location> = HashMap::new();
    for title in webhook::all(model).filter_map(|webhook| webhook.title) {
        let Some(text) = title.as_str() else { continue };
        if let Some(first) = seen.insert(text, &title.location) {
            found
                .at(&title.location, format!("two payloads are those of the webhook `{text}`"))
                .related(first, "the other one")
                .help("give each the title that the docs have for it");
        }
    }
}
