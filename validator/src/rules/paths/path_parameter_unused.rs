use partner_spec::Severity;

use super::template::Difference;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-parameter-unused",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A path parameter that the path has no placeholder for is never sent; mostly one of the two is misspelled.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
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
    for operation in model.operations() {
        for parameter in Difference::of(operation, model).unused {
            let message =
                format!("the path `{}` has no `{{{}}}` for this parameter", operation.path, parameter.name);
            found
                .at(&parameter.used_at.to_start(), message)
                .related(operation.path_location, "the path")
                .help("put the name into the path in braces, or take the parameter away");
        }
    }
}
