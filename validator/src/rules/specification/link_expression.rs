use partner_spec::{Kind, Severity};

use super::expression::{embedded_problem, problem};
use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "link-expression",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "What a link hands on is taken from the call by an expression; one that is misspelled is sent as it stands.",
    check: Check::Each(Kind::Link, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: createWallet
      responses:
        '201':
          description: The wallets.
          content:
            application/json:
              schema: {type: object}
          links:
            wallet:
              operationId: getWallet
              parameters: {wallet_id: $response.body.id}
  /wallets/{wallet_id}:
    get:
      operationId: getWallet
      parameters:
        - {name: wallet_id, in: path, required: true, schema: {type: string}}
      responses:
        '204': {description: It worked.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: createWallet
      responses:
        '201':
          description: The wallets.
          content:
            application/json:
              schema: {type: object}
          links:
            wallet:
              operationId: getWallet
              parameters: {wallet_id: $response.body#/id}
  /wallets/{wallet_id}:
    get:
      operationId: getWallet
      parameters:
        - {name: wallet_id, in: path, required: true, schema: {type: string}}
      responses:
        '204': {description: It worked.}
",
};

fn check(_: &Model<'_>, link: &Place<'_>, found: &mut Findings) {
    let values = link.node.entries("parameters").map(|entry| &entry.node);
    for value in values.chain(link.node.get("requestBody")) {
        let Some(text) = value.as_str() else { continue };
        let why = match text.starts_with('$') {
            true => problem(text).map(|why| format!("`{text}` {why}")),
            false if text.contains("{$") => embedded_problem(text),
            false => None,
        };
        if let Some(why) = why {
            found.at(&value.location, why).help("an expression looks like `$response.body#/id`");
        }
    }
}
