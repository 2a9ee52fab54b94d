use partner_spec::{Kind, Severity};

use super::shape;

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "property-readonly-writeonly",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A property that only the server may set and only a client may see is never in any message.",
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
                type: object
                properties:
                  pin: {type: string, readOnly: true, writeOnly: true}
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
                properties:
                  pin: {type: string, writeOnly: true}
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if schema.node.flag("readOnly") && schema.node.flag("writeOnly") {
        let message = format!("{} is both `readOnly` and `writeOnly`", shape::title(schema));
        found
            .at(&schema.key("writeOnly"), message)
            .related(&schema.key("readOnly"), "the other one")
            .help("keep the one that is meant");
    }
}
