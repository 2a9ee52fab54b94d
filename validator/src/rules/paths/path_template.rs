use partner_spec::Severity;

use super::template::placeholders;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-template",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A path is a template: each placeholder is a name in a pair of braces, and stands there once.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets/{wallet_id:
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
  /wallets/{wallet_id}:
    get:
      operationId: getWallet
      parameters:
        - {name: wallet_id, in: path, required: true, schema: {type: string}}
      responses:
        '204': {description: It worked.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for path in model.root.entries("paths").filter(|path| path.key.starts_with('/')) {
        if let Err(why) = placeholders(&path.key) {
            found
                .at(&path.key_location, format!("the path `{}` {why}", path.key))
                .help("a path looks like `/users/{user_id}/orders`");
        }
    }
}
