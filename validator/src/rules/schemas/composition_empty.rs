use partner_spec::{Kind, Node, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "composition-empty",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "An empty `allOf`, `anyOf` or `oneOf` is not allowed; no value is one of no alternatives.",
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
                oneOf: []
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
                oneOf:
                  - {type: string, format: date}
                  - {type: integer}
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    for key in ["allOf", "anyOf", "oneOf"] {
        if schema.node.get(key).and_then(Node::as_array).is_some_and(<[Node]>::is_empty) {
            found
                .at(&schema.key(key), format!("`{key}` has no members"))
                .help("list the schemas that are meant, or take the line away");
        }
    }
}
