use std::collections::HashSet;

use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-item-empty",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "A path without an operation cannot be called; mostly something has been forgotten or indented wrongly.",
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
  /payments: {}
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
    let with_operations: HashSet<&str> = model.operations().iter().map(|operation| operation.path).collect();
    for item in model.each(Kind::PathItem) {
        let Some(path) = item.name.filter(|path| path.starts_with('/')) else { continue };
        let in_paths = model.parent(item).is_some_and(|parent| parent.kind == Kind::Paths);
        // A method that is misspelled has been reported as a key that nobody knows.
        let understood = item
            .node
            .as_object()
            .is_some_and(|object| object.iter().all(|entry| Kind::PathItem.holds(&entry.key).is_some()));
        if in_paths && understood && !with_operations.contains(path) {
            found
                .at(item.key_location, format!("the path `{path}` has no operation"))
                .help("add one, or take the path away");
        }
    }
}
