use std::collections::BTreeSet;

use partner_spec::{Kind, Severity, did_you_mean};

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "tag-undeclared",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "A tag that is not in the list of tags is mostly misspelled, and opens a group of its own in the documentation.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
tags:
  - name: Wallets
paths:
  /wallets:
    get:
      operationId: listWallets
      tags: [Wallets]
      responses:
        '204': {description: It worked.}
  /payments:
    get:
      operationId: listPayments
      tags: [Walets]
      responses:
        '204': {description: It worked.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
tags:
  - name: Wallets
paths:
  /wallets:
    get:
      operationId: listWallets
      tags: [Wallets]
      responses:
        '204': {description: It worked.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    let declared: BTreeSet<&str> =
        model.root.items("tags").iter().filter_map(|tag| tag.str("name")).collect();
    // OpenAPI does not demand that tags are declared. Where some are, all are meant to be.
    if declared.is_empty() {
        return;
    }
    for operation in model.each(Kind::Operation) {
        for tag in operation.node.items("tags") {
            let Some(name) = tag.as_str().filter(|name| !declared.contains(name)) else { continue };
            let help = did_you_mean(name, declared.iter().copied());
            found
                .at(&tag.location, format!("the tag `{name}` is not declared"))
                .help(help.unwrap_or_else(|| String::from("add it to `tags`")));
        }
    }
}
