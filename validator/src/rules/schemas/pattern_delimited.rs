use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "pattern-delimited",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "The slashes of a JavaScript literal are not part of a pattern: with them, nothing matches.",
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
                pattern: '/^[A-Z]{3}$/'
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
                pattern: '^[A-Z]{3}$'
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let Some(node) = schema.node.get("pattern") else { return };
    let Some(pattern) = node.as_str() else { return };
    let flags = pattern.rsplit('/').next().unwrap_or_default();
    let ends = pattern.len() > 2 && flags.len() < 4 && flags.bytes().all(|b| b"gimsuy".contains(&b));
    // A slash before the start or after the end of the text is in no text.
    let closes = ends && pattern[..pattern.len() - flags.len()].ends_with("$/");
    if pattern.starts_with("/^") || closes {
        found
            .at(&node.location, "this pattern has slashes around it, so nothing matches it")
            .help("write it without the slashes and flags");
    }
}
