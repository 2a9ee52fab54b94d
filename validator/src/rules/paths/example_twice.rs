use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("example-twice", Profile::OpenApi, include_str!("example_twice.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let places = [ObjectKind::Parameter, ObjectKind::Header, ObjectKind::MediaType]
        .map(|kind| model.object_places_of_kind(kind));
    for place in places.into_iter().flatten() {
        if place.node.get("example").is_some() && place.node.get("examples").is_some() {
            let message = format!("this {} has both `example` and `examples`", place.kind.name());
            found
                .report_at(&place.location_of_key_or_start("examples"), message)
                .with_related_location(&place.location_of_key_or_start("example"), "the other one")
                .with_help("put all of them under `examples`, each with a name");
        }
    }
}
