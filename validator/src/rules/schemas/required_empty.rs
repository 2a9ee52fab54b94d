use partner_spec::{Kind, Node, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "required-empty",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "JSON Schema as OpenAPI 3.0 uses it has no empty `required`: many readers refuse the document.",
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
                required: []
                properties:
                  id: {type: string}
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
                  id: {type: string}
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if schema.node.get("required").and_then(Node::as_array).is_some_and(<[Node]>::is_empty) {
        found
            .at(&schema.key("required"), "`required` has no names, which JSON Schema does not allow here")
            .help("take the line away when nothing is required");
    }
}
