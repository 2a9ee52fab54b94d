use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("parameter-key-ignored", Profile::OpenApi, include_str!("parameter_key_ignored.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for place in model
        .object_places_of_kind(ObjectKind::Parameter)
        .chain(model.object_places_of_kind(ObjectKind::Header))
    {
        let by_content = place.node.get("content").is_some() && place.node.get("schema").is_none();
        let outside_query = match place.kind {
            ObjectKind::Header => true,
            _ => place.node.get_str("in").is_some_and(|place| place != "query"),
        };
        for key in ["style", "explode", "allowReserved", "allowEmptyValue"] {
            let why = match key {
                "allowReserved" | "allowEmptyValue" if outside_query => "is for query parameters only",
                "style" | "explode" | "allowReserved" if by_content => "means nothing beside `content`",
                _ => continue,
            };
            // A key with the value `false` is not reported, because nothing changes if such a key is ignored.
            let is_present_and_not_false =
                place.node.get(key).is_some_and(|value| value.as_bool() != Some(false));
            if is_present_and_not_false {
                found
                    .report_at(&place.location_of_key_or_start(key), format!("`{key}` {why}"))
                    .with_help("take it away");
            }
        }
    }
}
