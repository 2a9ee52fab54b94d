use partner_spec::{Kind, Severity};

use super::mismatch::{self, Schema};

use crate::Profile;
use crate::instance::Direction;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "default-mismatch",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A default that its own schema refuses cannot be what a caller gets who says nothing.",
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
                type: string
                enum: [open, closed]
                default: opened
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
                type: string
                enum: [open, closed]
                default: open
",
};

fn check(model: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if let Some(default) = schema.node.get("default") {
        let schema = Schema::new(model, schema.node, Direction::Either);
        mismatch::report(model, &schema, default, "this default", found);
    }
}
