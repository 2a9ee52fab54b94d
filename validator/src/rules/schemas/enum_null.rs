use partner_spec::{Kind, Severity, Value};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "enum-null",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Null is a value only of what is `nullable`; in an `enum` alone it is never accepted.",
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
                enum: [open, null]
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
                nullable: true
                enum: [open, null]
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if schema.node.flag("nullable") || schema.node.get("type").is_none() {
        return;
    }
    for value in schema.node.items("enum").iter().filter(|value| value.value == Value::Null) {
        found
            .at(&value.location, "null is in the `enum`, but the schema is not `nullable`")
            .help("add `nullable: true`, or take null out; put the word in quotes when the text is meant");
    }
}
