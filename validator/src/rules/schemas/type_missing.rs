use partner_spec::{Kind, Severity};

use super::shape;

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "type-missing",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "Without `type` the other keywords only hold for values that happen to be of that type.",
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

/// What shows which type is meant.
const SIGNS: [(&str, &[&str]); 4] = [
    ("object", &["properties", "additionalProperties"]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("string", &["minLength", "maxLength", "pattern"]),
    ("number", &["minimum", "maximum", "multipleOf"]),
];

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let node = schema.node;
    let composed = ["allOf", "oneOf", "anyOf", "not"].iter().any(|key| node.get(key).is_some());
    // `nullable` without a type is a finding of its own, with the same remedy.
    if node.get("type").is_some() || composed || node.flag("nullable") || shape::is_member(schema) {
        return;
    }
    for (kind, keys) in SIGNS {
        if let Some(key) = keys.iter().find(|key| node.get(key).is_some()) {
            let message = format!("{} has `{key}`, but no `type`", shape::title(schema));
            found.at(&schema.key(key), message).help(format!("add `type: {kind}`"));
            return;
        }
    }
}
