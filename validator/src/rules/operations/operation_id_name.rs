use partner_codegen::names::is_nameable;
use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "operation-id-name",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "An operationId becomes the name of a method, so it is made of letters that an identifier can have.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: '42'
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
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        let Some(id) = operation.place.node.get("operationId") else { continue };
        let text = id.as_str().unwrap_or("named");
        if !text.trim().is_empty() && !is_nameable(text) {
            found
                .at(&id.location, format!("`{text}` cannot be the name of a method"))
                .help("use letters, like `createUser`");
        }
    }
}
