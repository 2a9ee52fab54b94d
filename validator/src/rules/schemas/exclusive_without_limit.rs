use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "exclusive-without-limit",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "In OpenAPI 3.0 `exclusiveMinimum` says whether `minimum` itself is allowed; without `minimum` it says nothing.",
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
                exclusiveMinimum: true
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
                minimum: 0
                exclusiveMinimum: true
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if schema.node.flag(exclusive) && schema.node.get(limit).is_none() {
            found
                .at(&schema.key(exclusive), format!("`{exclusive}` has no `{limit}` beside it"))
                .help(format!("add `{limit}`, or take `{exclusive}` away"));
        }
    }
}
