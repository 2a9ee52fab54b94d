use partner_spec::{Kind, Severity};

use super::shape;

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "multiple-of",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Every number is or none is a multiple of zero or less; the factor has to be more than zero.",
    check: Check::Each(Kind::Schema, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200':
          description: The wallets.
          content:
            application/json:
              schema:
                type: number
                multipleOf: 0
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200':
          description: The wallets.
          content:
            application/json:
              schema:
                type: number
                multipleOf: 0.01
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if let (Some(factor), Some(node)) =
        (shape::number(schema.node, "multipleOf"), schema.node.get("multipleOf"))
        && factor <= 0.0
    {
        found
            .at(&node.location, "`multipleOf` is not more than zero")
            .help("write the step between two values, like 0.01");
    }
}
