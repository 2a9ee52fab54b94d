use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "operation-id-missing",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "The name of an operation becomes the name of a method; without one there is nothing to call.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      responses:
        '204': {description: There are wallets.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '204': {description: There are wallets.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        if operation.place.node.get("operationId").is_none() {
            found
                .at(&operation.location(), format!("{} has no operationId", operation.title()))
                .help("add one; it becomes the name of the method, like `createUser`");
        }
    }
}
