use partner_spec::{Kind, Severity};

use super::shape;

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "array-without-items",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("array_without_items.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let node = schema.node;
    if node.str("type") == Some("array") && node.get("items").is_none() {
        let location = node.get("type").map_or_else(|| schema.start(), |kind| kind.location.clone());
        found
            .at(&location, format!("{} is a list, but `items` does not say of what", shape::title(schema)))
            .help("add `items`, with the schema of one item");
    }
}
