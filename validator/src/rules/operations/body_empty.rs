use partner_spec::{Kind, Node, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "body-empty",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::RequestBody, check),
    page: include_str!("body_empty.md"),
};

fn check(_: &Model<'_>, body: &Place<'_>, found: &mut Findings) {
    if body.node.get("content").and_then(Node::as_object).is_some_and(|content| content.is_empty()) {
        found
            .at(&body.key("content"), "this request body has no media type")
            .help("add one, like `application/json` with a `schema`");
    }
}
