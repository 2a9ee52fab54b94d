use partner_spec::{Kind, Node, Severity};

use super::example::answering;
use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "example-missing",
    severity: Severity::Warning,
    profile: Profile::Workspace,
    reason: "The sandbox answers with the examples, and the wire tests send them: a body without one is never tried.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
tags:
  - name: Payments
    description: What wallets have paid.
paths:
  /payment:
    get:
      operationId: getPayment
      tags: [Payments]
      summary: Get the last payment
      description: Returns the payment that was made last.
      security: []
      x-docs: {page: Payments, retrieved: '2026-01-31', confidence: documented}
      responses:
        '200':
          description: The payment.
          content:
            application/json:
              schema:
                title: Payment
                type: object
                properties:
                  reference: {description: What the receiver reads., type: string}
",
    good: answering!(
        "    Payment:
      description: A payment.
      type: object
      properties:
        reference: {description: What the receiver reads., type: string}
"
    ),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for place in model.each(Kind::MediaType).filter(|place| is_tried(model, place)) {
        let says_nothing =
            place.node.get("schema").and_then(Node::as_object).is_none_or(|schema| schema.is_empty());
        if !says_nothing && place.node.get("example").is_none() && place.node.get("examples").is_none() {
            found
                .at(place.key_location, "this body has no example")
                .help("add one, with data that are nobody's");
        }
    }
}

/// Whether it is the body of a request, or of a success.
fn is_tried(model: &Model<'_>, place: &Place<'_>) -> bool {
    model.parent(place).is_some_and(|holder| match holder.kind {
        Kind::RequestBody => true,
        Kind::Response => holder.name.is_some_and(|status| status.starts_with('2')),
        _ => false,
    })
}
