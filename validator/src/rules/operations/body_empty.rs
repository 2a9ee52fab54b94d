use partner_spec::{Kind, Node, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "body-empty",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A request body without a media type says that something is sent, but not what.",
    check: Check::Each(Kind::RequestBody, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: listWallets
      requestBody:
        required: true
        content: {}
      responses:
        '204': {description: It worked.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: listWallets
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object}
      responses:
        '204': {description: It worked.}
",
};

fn check(_: &Model<'_>, body: &Place<'_>, found: &mut Findings) {
    if body.node.get("content").and_then(Node::as_object).is_some_and(|content| content.is_empty()) {
        found
            .at(&body.key("content"), "this request body has no media type")
            .help("add one, like `application/json` with a `schema`");
    }
}
