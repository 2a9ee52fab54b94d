use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use partner_spec::{Location, ObjectKind, Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;

pub(super) static RULE: Rule =
    Rule::error("parameter-duplicate", Profile::OpenApi, include_str!("parameter_duplicate.md")).blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for holder in index
        .object_places_of_kind(ObjectKind::PathItem)
        .chain(index.object_places_of_kind(ObjectKind::Operation))
    {
        let mut first: HashMap<(String, &str), &Location> = HashMap::new();
        for used in holder.node.get_items("parameters") {
            let Some(parameter) = index.resolve_reference(used) else { continue };
            let (Some(name), Some(place)) = (parameter.get_str("name"), parameter.get_str("in")) else {
                continue;
            };
            // Header names are case-insensitive, so `X-Id` and `x-id` are the same parameter.
            let normalized_name = if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
            match first.entry((normalized_name, place)) {
                Slot::Vacant(slot) => drop(slot.insert(&used.location)),
                Slot::Occupied(slot) => {
                    let message = format!("the {place} parameter `{name}` is there twice");
                    found
                        .report_at(&used.location.collapse_to_start(), message)
                        .with_related_location(&slot.get().collapse_to_start(), "first here")
                        .with_help("take one of the two away");
                }
            }
        }
    }
}
