use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("envelope-missing", Profile::Workspace, include_str!("envelope_missing.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let Some(envelope) = model.root.get("x-envelope") else { return };
    let (Some(success), Some(data)) = (envelope.get_str("success"), envelope.get_str("data")) else { return };
    let responses =
        model.object_places_of_kind(ObjectKind::MediaType).filter(|place| is_response(model, place));
    for response in
        responses.filter(|place| place.map_key.is_some_and(|name| name.starts_with("application/json")))
    {
        let Some(schema) =
            response.node.get("schema").filter(|s| s.as_object().is_some_and(|o| !o.is_empty()))
        else {
            continue;
        };
        let properties = collect_property_names(model, schema);
        let fault = if !properties.contains(&success) {
            format!("this response has no `{success}`, in which `x-envelope` says whether it worked")
        } else if let Some(other) = properties.iter().find(|name| ![success, data].contains(*name)) {
            format!(
                "this response has `{other}` beside `{success}` and `{data}`, which are the whole of `x-envelope`"
            )
        } else {
            continue;
        };
        found
            .report_at(&schema.location.collapse_to_start(), fault)
            .with_related_location(&envelope.location.collapse_to_start(), "how responses are wrapped")
            .with_help("describe the whole body as it is on the wire; if this response is not wrapped, allow it with a reason");
    }
}

fn is_response(model: &Model<'_>, place: &Place<'_>) -> bool {
    let is_success = |holder: &Place<'_>| {
        holder.kind == ObjectKind::Response && holder.map_key.is_some_and(|status| status.starts_with('2'))
    };
    model.find_parent_place(place).is_some_and(is_success)
}

/// The maximum number of schemas that are visited to collect the properties of one response. The limit is needed
/// because `allOf`s may be circular.
const MAX_VISITED_SCHEMAS_PER_RESPONSE: usize = 32;

/// Returns the names of the properties that a schema declares, either itself or in the members of its `allOf`.
fn collect_property_names<'a>(model: &Model<'a>, schema: &'a Node) -> Vec<&'a str> {
    let (mut names, mut rest) = (Vec::new(), vec![schema]);
    for _ in 0..MAX_VISITED_SCHEMAS_PER_RESPONSE {
        let Some(part) = rest.pop() else { break };
        let Some(part) = model.resolve_reference(part) else { continue };
        names.extend(part.get_entries("properties").map(|entry| entry.key.as_str()));
        rest.extend(part.get_items("allOf"));
    }
    names
}
