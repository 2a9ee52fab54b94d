use std::collections::BTreeSet;

use partner_spec::{Severity, did_you_mean};

use super::requirements;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "security-scheme-undeclared",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A security scheme that is not declared says that a credential is needed, but not which or where to put it.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      security: [{Kye: []}]
      responses:
        '204': {description: It worked.}
        '401': {description: The key is wrong.}
  /payments:
    get:
      operationId: listPayments
      security: [{Key: []}]
      responses:
        '204': {description: It worked.}
        '401': {description: The key is wrong.}
components:
  securitySchemes:
    Key: {type: apiKey, in: header, name: x-api-key}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      security: [{Key: []}]
      responses:
        '204': {description: It worked.}
        '401': {description: The key is wrong.}
components:
  securitySchemes:
    Key: {type: apiKey, in: header, name: x-api-key}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    let declared: BTreeSet<&str> = requirements::schemes(model).map(|scheme| scheme.key.as_str()).collect();
    for required in requirements::all(model) {
        if !declared.contains(required.key.as_str()) {
            let help = did_you_mean(&required.key, declared.iter().copied());
            found
                .at(&required.key_location, format!("there is no security scheme `{}`", required.key))
                .help(help.unwrap_or_else(|| String::from("declare it in `components.securitySchemes`")));
        }
    }
}
