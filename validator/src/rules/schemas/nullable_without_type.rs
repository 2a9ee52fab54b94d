use partner_spec::{Kind, Severity};

use super::shape;
use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "nullable-without-type",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "`nullable` adds null to the `type` beside it; where there is none it does nothing.",
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
                nullable: true
                properties: {id: {type: string}}
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
                type: object
                nullable: true
                properties: {id: {type: string}}
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let node = schema.node;
    if node.flag("nullable") && node.get("type").is_none() && !shape::is_composed(node) {
        found
            .at(&schema.key("nullable"), "`nullable` has no `type` beside it, so it does not mean anything")
            .help("add the `type` here, beside `nullable`");
    }
}
