use std::collections::HashSet;

use partner_model::media::is_json_media_type;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("binary-in-json", Profile::OpenApi, include_str!("binary_in_json.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let mut seen = HashSet::new();
    for media in model
        .object_places_of_kind(ObjectKind::MediaType)
        .filter(|media| media.map_key.is_some_and(is_json_media_type))
    {
        let mut open: Vec<&Node> = media.node.get("schema").into_iter().collect();
        while let Some(node) = open.pop() {
            let Some(schema) = model.resolve_reference(node) else { continue };
            if !seen.insert(std::ptr::from_ref(schema)) {
                continue;
            }
            if let Some(format) = schema.get("format").filter(|format| format.as_str() == Some("binary")) {
                found
                    .report_at(&format.location, "raw bytes cannot be part of JSON")
                    .with_related_location(media.key_location, "the JSON")
                    .with_help(
                        "write `format: byte` for base64, or send the file in a `multipart/form-data` body",
                    );
            }
            open.extend(list_child_schemas(schema));
        }
    }
}

/// Lists the schemas directly inside a schema: its properties, its items, and so on.
fn list_child_schemas(schema: &Node) -> impl Iterator<Item = &Node> {
    let lists = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|key| schema.get_items(key));
    let single = ["items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key));
    schema.get_entries("properties").map(|property| &property.node).chain(lists).chain(single)
}
