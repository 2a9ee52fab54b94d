use std::cmp::Ordering;
use std::collections::HashSet;

use crate::instance::Decimal;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule =
    Rule::warning("limits-contradict", Profile::OpenApi, include_str!("limits_contradict.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    for (low, high) in PAIRS {
        let node = schema.node;
        let (Some(least), Some(most)) = (Decimal::from_keyword(node, low), Decimal::from_keyword(node, high))
        else {
            continue;
        };
        let exclusive = low == "minimum"
            && (node.value_is_true("exclusiveMinimum") || node.value_is_true("exclusiveMaximum"));
        let message = match least.cmp(&most) {
            Ordering::Greater => format!("`{low}` is more than `{high}`, so no value fits"),
            Ordering::Equal if exclusive => {
                format!("`{low}` and `{high}` are the same and not allowed themselves, so no value fits")
            }
            _ => continue,
        };
        if let Some(limit) = node.get(low) {
            found
                .report_at(&limit.location, message)
                .with_related_location(&schema.location_of_key_or_start(high), "the other limit");
        }
    }
    check_required_property_count(schema, found);
}

const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

/// Checks that `required` does not list more properties than `maxProperties` allows.
fn check_required_property_count(schema: &Place<'_>, found: &mut RuleFindings) {
    let names: HashSet<&str> = schema.node.get_items("required").iter().filter_map(Node::as_str).collect();
    let Some(most) = schema.node.get("maxProperties") else { return };
    let count = Decimal::parse(&names.len().to_string());
    if Decimal::from_keyword(schema.node, "maxProperties").is_some_and(|most| count > Some(most)) {
        let allowed = most.to_json();
        let message = format!("{} keys are required, but `maxProperties` allows {allowed}", names.len());
        found
            .report_at(&schema.location_of_key_or_start("maxProperties"), message)
            .with_related_location(&schema.location_of_key_or_start("required"), "the required keys");
    }
}
