use partner_spec::Kind;

use super::shape;

use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check =
    Check::each(&partner_model::rules::array_without_items::RULE, Kind::Schema, check);

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let node = schema.node;
    if node.str("type") == Some("array") && node.get("items").is_none() {
        let location = node.get("type").map_or_else(|| schema.start(), |kind| kind.location.clone());
        found
            .at(&location, format!("{} is a list, but `items` does not say of what", shape::title(schema)))
            .help("add `items`, with the schema of one item");
    }
}
