use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-query",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "What follows `?` or `#` is no part of a path: queries are parameters, and fragments are never sent.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets?active=true:
    get:
      operationId: listWallets
      responses:
        '204': {description: It worked.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - {name: active, in: query, schema: {type: boolean}}
      responses:
        '204': {description: It worked.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for path in model.root.entries("paths").filter(|path| path.key.starts_with('/')) {
        let Some(at) = path.key.find(['?', '#']) else { continue };
        let (what, help) = match path.key.as_bytes()[at] {
            b'?' => ("a query", "declare what is in the query as parameters with `in: query`"),
            _ => ("a fragment", "leave the fragment out; it is never sent to a server"),
        };
        found.at(&path.key_location, format!("the path `{}` has {what} in it", path.key)).help(help);
    }
}
