use std::collections::HashMap;

use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "operation-id-duplicate",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "An operationId names one operation; with two of a name, one is lost in every tool that goes by it.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '204': {description: It worked.}
  /payments:
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
      responses:
        '204': {description: It worked.}
  /payments:
    get:
      operationId: listPayments
      responses:
        '204': {description: It worked.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    let mut first: HashMap<&str, &Place<'_>> = HashMap::new();
    for operation in model.each(Kind::Operation) {
        let Some(id) = operation.node.get("operationId") else { continue };
        let Some(text) = id.as_str().filter(|text| !text.trim().is_empty()) else { continue };
        let Some(other) = first.get(text) else {
            first.insert(text, operation);
            continue;
        };
        let Some(twin) = other.node.get("operationId") else { continue };
        // A callback that several operations refer to is one operation, written once.
        let in_callback = model.ancestors(operation).any(|holder| holder.kind == Kind::Callback);
        if !(in_callback && twin.location == id.location) {
            found
                .at(&id.location, format!("the operationId `{text}` is there twice"))
                .related(&twin.location, "first here")
                .help("give one of them another operationId");
        }
    }
}
