use partner_spec::Severity;

use crate::Profile;
use crate::model::{Model, Operation};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "security-missing",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "Where most operations say which credential they need, one that does not has mostly been forgotten, and is called without.",
    check: Check::Document(check),
    bad: "\
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
  /payments:
    get:
      operationId: listPayments
      security: [{Key: []}]
      responses:
        '204': {description: It worked.}
        '401': {description: The key is wrong.}
  /owners:
    get:
      operationId: listOwners
      responses:
        '204': {description: It worked.}
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
  /payments:
    get:
      operationId: listPayments
      security: [{Key: []}]
      responses:
        '204': {description: It worked.}
        '401': {description: The key is wrong.}
  /owners:
    get:
      operationId: listOwners
      security: []
      responses:
        '204': {description: It worked.}
components:
  securitySchemes:
    Key: {type: apiKey, in: header, name: x-api-key}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    if model.root.get("security").is_some() {
        return;
    }
    let silent = |operation: &&&Operation<'_>| operation.place.node.get("security").is_none();
    let operations: Vec<&Operation<'_>> = model.operations().iter().collect();
    let forgotten: Vec<_> = operations.iter().filter(silent).collect();
    if forgotten.len() * 2 >= operations.len() {
        return;
    }
    for operation in forgotten {
        found
            .at(
                &operation.location(),
                format!("{} does not say whether it needs a credential", operation.title()),
            )
            .help("add `security`; `security: []` says that it needs none");
    }
}
