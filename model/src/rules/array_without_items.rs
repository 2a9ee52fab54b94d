use partner_spec::{ObjectKind, Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::{DocumentIndex, Place};

pub(super) static RULE: Rule =
    Rule::error("array-without-items", Profile::OpenApi, include_str!("array_without_items.md")).blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    index.object_places_of_kind(ObjectKind::Schema).for_each(|schema| check_schema(schema, found));
}

fn check_schema(schema: &Place<'_>, found: &mut RuleFindings) {
    let node = schema.node;
    if node.get_str("type") == Some("array") && node.get("items").is_none() {
        let location = node.get("type").map_or_else(|| schema.start_location(), |kind| kind.location.clone());
        found
            .report_at(
                &location,
                format!("{} is a list, but `items` does not say of what", schema.schema_display_name()),
            )
            .with_help("add `items`, with the schema of one item");
    }
}
