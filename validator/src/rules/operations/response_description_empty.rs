use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "response-description-empty",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "OpenAPI demands a description of every answer; an empty one is a form that was not filled in.",
    check: Check::Each(Kind::Response, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '204': {description: ''}
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

fn check(_: &Model<'_>, response: &Place<'_>, found: &mut Findings) {
    let Some(description) = response.node.get("description") else { return };
    if description.as_str().is_some_and(|text| text.trim().is_empty()) {
        found
            .at(&description.location, "the description of this response is empty")
            .help("say in a sentence when it comes, and what it holds");
    }
}
