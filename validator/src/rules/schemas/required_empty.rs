use partner_spec::{Kind, Node, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "required-empty",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("required_empty.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if schema.node.get("required").and_then(Node::as_array).is_some_and(<[Node]>::is_empty) {
        found
            .at(&schema.key("required"), "`required` has no names, which JSON Schema does not allow here")
            .help("take the line away when nothing is required");
    }
}
