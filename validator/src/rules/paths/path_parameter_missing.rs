use partner_spec::Severity;

use crate::Profile;
use crate::model::{Model, placeholders};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-parameter-missing",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "Every placeholder of a path needs a parameter, or nobody knows what to put there.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets/{wallet_id}:
    get:
      operationId: getWallet
      responses:
        '204': {description: It is there.}
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
        '204': {description: It is there.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        let parameters = operation.parameters(model);
        // A parameter whose reference leads nowhere may be the one.
        if parameters.len()
            < operation.item.items("parameters").len() + operation.place.node.items("parameters").len()
        {
            continue;
        }
        for name in placeholders(operation.path) {
            if !parameters.iter().any(|p| p.place == "path" && p.name == name) {
                let message =
                    format!("`{{{name}}}` is in the path, but {} has no such parameter", operation.title());
                found
                    .at(&operation.location(), message)
                    .related(operation.path_location, "the path")
                    .help(format!("add `- {{name: {name}, in: path, required: true, schema: ...}}`"));
            }
        }
    }
}
