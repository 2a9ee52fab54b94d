use partner_model::media::extract_media_type_essence;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::MediaType, check);

static RULE: Rule =
    Rule::warning("encoding-key-ignored", Profile::OpenApi, include_str!("encoding_key_ignored.md"));

fn check(_: &Model<'_>, media: &Place<'_>, found: &mut RuleFindings) {
    let name = media.map_key.unwrap_or_default();
    let essence = extract_media_type_essence(name);
    let (ignored, form): (&[&str], &str) = match essence.as_str() {
        "application/x-www-form-urlencoded" => (&["headers"], "multipart"),
        _ if essence.starts_with("multipart/") => (&["style", "allowReserved"], "urlencoded"),
        _ => {
            if media.node.get("encoding").is_some() {
                let message = format!("`encoding` is for forms, and means nothing for `{name}`");
                found
                    .report_at(&media.location_of_key_or_start("encoding"), message)
                    .with_help("take it away, or check the media type");
            }
            return;
        }
    };
    for part in media.node.get_entries("encoding") {
        for entry in ignored.iter().filter_map(|key| part.node.as_object()?.entry(key)) {
            // An ignored key with the value `false` is not reported, because `false` is the default: nothing changes if
            // the key is ignored.
            if entry.node.as_bool() != Some(false) {
                let message = format!("`{}` is for {form} forms only", entry.key);
                found
                    .report_at(&entry.key_location, message)
                    .with_help("take it away, or check the media type");
            }
        }
    }
}
