use std::collections::{BTreeSet, HashMap};

use partner_spec::{Severity, did_you_mean};

use super::requirements;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "security-scope-undeclared",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A scope that no flow of the scheme has cannot be asked for, so no token ever has it.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      security: [{Login: ['wallets:raed']}]
      responses:
        '204': {description: It worked.}
        '401': {description: The key is wrong.}
components:
  securitySchemes:
    Login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://example.com/token
          scopes: {'wallets:read': Reading wallets.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      security: [{Login: ['wallets:read']}]
      responses:
        '204': {description: It worked.}
        '401': {description: The key is wrong.}
components:
  securitySchemes:
    Login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://example.com/token
          scopes: {'wallets:read': Reading wallets.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    let mut declared: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for scheme in requirements::schemes(model) {
        let Some(node) = model.resolve(&scheme.node).filter(|node| node.str("type") == Some("oauth2")) else {
            continue;
        };
        let flows = node.entries("flows");
        let scopes = flows.flat_map(|flow| flow.node.entries("scopes")).map(|scope| scope.key.as_str());
        declared.insert(&scheme.key, scopes.collect());
    }
    for required in requirements::all(model) {
        let Some(scopes) = declared.get(required.key.as_str()) else { continue };
        for scope in required.node.as_array().into_iter().flatten() {
            let Some(name) = scope.as_str().filter(|name| !scopes.contains(name)) else { continue };
            let help = did_you_mean(name, scopes.iter().copied());
            found
                .at(&scope.location, format!("no flow of `{}` has the scope `{name}`", required.key))
                .help(help.unwrap_or_else(|| String::from("add it to the `scopes` of a flow")));
        }
    }
}
