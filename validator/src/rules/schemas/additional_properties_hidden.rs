use std::collections::HashSet;

use super::shape;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning(
    "additional-properties-hidden",
    Profile::OpenApi,
    include_str!("additional_properties_hidden.md"),
);

fn check(model: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if schema.node.get_items("allOf").is_empty() || !shape::try_reserve_visit_steps(model, schema.node) {
        return;
    }
    let members = shape::collect_self_and_all_of_members(model, schema.node);
    let closed =
        members.iter().filter(|m| m.get("additionalProperties").and_then(Node::as_bool) == Some(false));
    // One finding is enough, so only the first member with `additionalProperties: false` is examined.
    let Some(closed) = closed.into_iter().next() else { return };
    let own: HashSet<&str> = closed.get_entries("properties").map(|property| property.key.as_str()).collect();
    let others = members.iter().filter(|member| !std::ptr::eq(**member, *closed));
    let mut refused =
        others.flat_map(|member| member.get_entries("properties")).filter(|p| !own.contains(p.key.as_str()));
    let Some(property) = refused.next() else { return };
    let more = match refused.count() {
        0 => String::new(),
        number => format!(" and {number} more"),
    };
    let key = closed.as_object().and_then(|object| object.entry("additionalProperties"));
    let key = key.map_or(&closed.location, |entry| &entry.key_location);
    let message =
        format!("`additionalProperties: false` refuses `{}`{more}, which the same `allOf` has", property.key);
    found
        .report_at(&schema.location_of_key_or_start("allOf"), message)
        .with_related_location(key, "it speaks only of the properties beside it")
        .with_related_location(&property.key_location, "what it refuses")
        .with_help("take `additionalProperties: false` away from what others include");
}
