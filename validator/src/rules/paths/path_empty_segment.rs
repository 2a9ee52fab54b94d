use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-empty-segment",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Two slashes in a row are an empty segment of the path, and the URL leads to something else or nothing.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets//balance:
    get:
      operationId: getWallet
      responses:
        '204': {description: It worked.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets/balance:
    get:
      operationId: getWallet
      responses:
        '204': {description: It worked.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for path in model.root.entries("paths").filter(|path| path.key.starts_with('/')) {
        if path.key.split(['?', '#']).next().unwrap_or_default().contains("//") {
            found
                .at(&path.key_location, format!("the path `{}` has two slashes in a row", path.key))
                .help("take one of them away");
        }
    }
}
