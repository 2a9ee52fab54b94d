use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("example-missing", Profile::Workspace, include_str!("example_missing.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for place in
        model.object_places_of_kind(ObjectKind::MediaType).filter(|place| needs_example(model, place))
    {
        let says_nothing =
            place.node.get("schema").and_then(Node::as_object).is_none_or(|schema| schema.is_empty());
        if !says_nothing && place.node.get("example").is_none() && place.node.get("examples").is_none() {
            found
                .report_at(place.key_location, "this body has no example")
                .with_help("add one, with data that are nobody's");
        }
    }
}

/// Whether a media type needs an example. It needs one if it describes the body of a request or of a successful
/// response.
fn needs_example(model: &Model<'_>, place: &Place<'_>) -> bool {
    model.find_parent_place(place).is_some_and(|holder| match holder.kind {
        ObjectKind::RequestBody => true,
        ObjectKind::Response => holder.map_key.is_some_and(|status| status.starts_with('2')),
        _ => false,
    })
}
