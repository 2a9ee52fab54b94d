use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("parameter-schema", Profile::OpenApi, include_str!("parameter_schema.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for place in model
        .object_places_of_kind(ObjectKind::Parameter)
        .chain(model.object_places_of_kind(ObjectKind::Header))
    {
        // A parameter with an unknown key is not checked, because the key may be a misspelled `schema`. Another rule
        // reports unknown keys.
        let has_only_known_keys = place
            .node
            .as_object()
            .is_some_and(|object| object.iter().all(|entry| place.kind.value_kind(&entry.key).is_some()));
        if has_only_known_keys {
            check_one(place, found);
        }
    }
}

fn check_one(place: &Place<'_>, found: &mut RuleFindings) {
    let what = match (place.node.get_str("name"), place.map_key) {
        (Some(name), _) if place.kind == ObjectKind::Parameter => format!("the parameter `{name}`"),
        (_, Some(name)) => format!("the header `{name}`"),
        _ => format!("this {}", place.kind.name()),
    };
    match (place.node.get("schema"), place.node.get("content")) {
        (Some(_), Some(_)) => {
            found
                .report_at(
                    &place.location_of_key_or_start("content"),
                    format!("{what} has both `schema` and `content`"),
                )
                .with_related_location(&place.location_of_key_or_start("schema"), "the schema")
                .with_help("keep `schema`; `content` is for values that are JSON themselves");
        }
        (None, None) => {
            let at = if place.kind == ObjectKind::Header {
                place.key_location.clone()
            } else {
                place.start_location()
            };
            found
                .report_at(&at, format!("{what} has no `schema`"))
                .with_help("add one, like `schema: {type: string}`");
        }
        (None, Some(content)) => {
            let count = content.as_object().map_or(1, |content| content.len());
            if count != 1 {
                found
                    .report_at(
                        &place.location_of_key_or_start("content"),
                        format!("{what} has {count} media types; one was expected"),
                    )
                    .with_help("keep the one that is sent");
            }
        }
        (Some(_), None) => {}
    }
}
