use std::collections::HashSet;

use partner_spec::{Node, Position, Severity};

use super::example::answering;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "entry-unlinked",
    severity: Severity::Error,
    profile: Profile::Workspace,
    reason: "A path or schema that nothing refers to is not part of the document: it is neither validated nor generated.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
tags:
  - name: Payments
    description: What wallets have paid.
paths:
  /payments:
    $ref: payments.yaml#/~1payments
# file: payments.yaml
/payments:
  get:
    operationId: listPayments
    tags: [Payments]
    summary: List all payments
    description: Returns the payments of all wallets.
    security: []
    x-docs: {page: Payments, retrieved: '2026-01-31', confidence: documented}
    responses:
      '204': {description: There are payments.}
/payments/{payment_id}:
  get:
    operationId: getPayment
",
    good: answering!(
        "    Payment:
      description: A payment.
      type: object
      properties:
        reference: {$ref: schemas.yaml#/Reference}
# file: schemas.yaml
Reference:
  description: What the receiver reads.
  type: string
  enum: [rent, wages]
  x-enum-descriptions: {rent: The rent., wages: The wages.}
"
    ),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    // What a reference that leads nowhere was meant for is not forgotten.
    if model.places().iter().any(|place| place.is_reference() && model.resolve(place.node).is_none()) {
        return;
    }
    let linked = linked_objects(model);
    for tree in model.trees().iter().filter(|tree| tree.location.name() != model.root.location.name()) {
        let is_linked = |node: &Node| linked.contains(&(tree.location.name(), node.location.start));
        let Some(entries) = tree.as_object().filter(|object| !is_linked(tree) && !object.contains("openapi"))
        else {
            continue;
        };
        for entry in entries.iter().filter(|entry| entry.node.as_object().is_some()) {
            if entry.node.ref_target().is_none() && !is_linked(&entry.node) {
                found
                    .at(&entry.key_location, format!("nothing refers to `{}`", entry.key))
                    .help("refer to it where it belongs, or take it out");
            }
        }
    }
}

/// Where the objects of the document start.
fn linked_objects<'m>(model: &'m Model<'_>) -> HashSet<(&'m str, Position)> {
    let objects = model.places().iter().filter(|place| !place.is_reference());
    objects.map(|place| (place.node.location.name(), place.node.location.start)).collect()
}
