use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "format-number-as-text",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "A 64-bit number in a string is read as text: it is neither checked nor sorted nor added up as a number.",
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
                format: int64
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
                type: integer
                format: int64
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if let (Some("string"), Some(node)) = (schema.node.str("type"), schema.node.get("format"))
        && node.as_str() == Some("int64")
    {
        found
            .at(&node.location, "`int64` is a format of `integer`, but this is a string")
            .help("write `type: integer`, or leave the format out where the number really is in quotes");
    }
}
