use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "docs-missing",
    severity: Severity::Error,
    profile: Profile::Workspace,
    reason: "Every operation says which docs page it comes from, when that was read and how sure it is, so that a reviewer can check it.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
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
      x-docs: {page: Wallets, retrieved: '2026-01-31', confidence: documented}
      responses:
        '204': {description: There are wallets.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        if operation.place.node.get("x-docs").is_none() {
            found
                .at(&operation.location(), format!("{} does not say where it comes from", operation.title()))
                .help("add `x-docs: {page: ..., retrieved: 'YYYY-MM-DD', confidence: documented}`");
        }
    }
}
