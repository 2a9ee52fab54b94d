use partner_spec::Severity;

use super::requirements;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "security-scopes-unexpected",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Only OAuth and OpenID Connect have scopes; for other schemes OpenAPI demands an empty list.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      security: [{Key: ['wallets:read']}]
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
    for required in requirements::all(model) {
        let type_ = requirements::scheme(model, &required.key).and_then(|scheme| scheme.str("type"));
        let Some(type_) = type_.filter(|type_| matches!(*type_, "apiKey" | "http")) else { continue };
        if let Some(scope) = required.node.as_array().and_then(|scopes| scopes.first()) {
            found
                .at(&scope.location, format!("`{}` is of type `{type_}`, which has no scopes", required.key))
                .help(format!("write `{}: []`", required.key));
        }
    }
}
