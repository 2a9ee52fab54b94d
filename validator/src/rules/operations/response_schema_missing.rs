use partner_model::media::is_json_media_type;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("response-schema-missing", Profile::OpenApi, include_str!("response_schema_missing.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for media in model.object_places_of_kind(ObjectKind::MediaType) {
        let in_response =
            model.find_parent_place(media).is_some_and(|parent| parent.kind == ObjectKind::Response);
        let json = media.map_key.is_some_and(is_json_media_type);
        let understood = media
            .node
            .as_object()
            .is_some_and(|o| o.iter().all(|e| ObjectKind::MediaType.value_kind(&e.key).is_some()));
        if in_response
            && json
            && understood
            && media.node.get("schema").is_none()
            && !is_body_forbidden_by_http(model, media)
        {
            found
                .report_at(media.key_location, "this JSON has no `schema`")
                .with_help("add one; `schema: {}` says that it may be anything");
        }
    }
}

/// Whether `media` belongs to a response in which HTTP forbids a body. The rule `response-body-unexpected` already
/// reports such a body, so its missing schema is not reported as well.
fn is_body_forbidden_by_http(model: &Model<'_>, media: &Place<'_>) -> bool {
    let response = model.find_parent_place(media);
    let status = response.and_then(|response| response.map_key).unwrap_or_default();
    let head = model
        .ancestors(media)
        .any(|holder| holder.kind == ObjectKind::Operation && holder.key_in_parent == "head");
    head || matches!(status, "204" | "205" | "304") || status.starts_with('1')
}
