use super::texts::find_label_if_description_needed;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("description-missing", Profile::Workspace, include_str!("description_missing.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for place in model.places().iter().filter(|place| !place.is_reference()) {
        let Some(what) = find_label_if_description_needed(model, place) else { continue };
        let description = place.node.get("description");
        let is_blank =
            description.is_none_or(|text| text.as_str().is_some_and(|text| text.trim().is_empty()));
        if !is_blank || is_described_by_reference(place) || has_unknown_key(place) {
            continue;
        }
        let name = place
            .map_key
            .or_else(|| place.node.get_str("name"))
            .or_else(|| place.node.get_str("operationId"));
        let message = match name {
            Some(name) => format!("the {what} `{name}` has no description"),
            None => format!("this {what} has no description"),
        };
        let at = description.map_or_else(
            || if place.map_key.is_some() { place.key_location.clone() } else { place.start_location() },
            |text| text.location.clone(),
        );
        found.report_at(&at, message).with_help("say in a sentence of our own what it is");
    }
}

/// Whether a schema needs no description of its own, because it only adds annotations, like a default, to a reference.
/// The target of the reference has a description.
fn is_described_by_reference(place: &Place<'_>) -> bool {
    matches!(place.node.get_items("allOf"), [only] if only.ref_text().is_some())
}

/// Whether an object has an unknown key, which may be a misspelled `description`.
fn has_unknown_key(place: &Place<'_>) -> bool {
    let mut keys = place.node.as_object().into_iter().flat_map(|object| object.iter());
    keys.any(|entry| place.kind.value_kind(&entry.key).is_none())
}
