use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("media-type-duplicate", Profile::OpenApi, include_str!("media_type_duplicate.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let holders =
        [ObjectKind::RequestBody, ObjectKind::Response].map(|kind| model.object_places_of_kind(kind));
    for holder in holders.into_iter().flatten() {
        let types = holder.node.get_entries("content").map(|media| (normalize_media_type(&media.key), media));
        for (media, first) in find_items_with_repeated_keys(types) {
            let message = format!("`{}` is the same media type as `{}`", media.key, first.key);
            found
                .report_at(&media.key_location, message)
                .with_related_location(&first.key_location, "first here")
                .with_help("keep one of them");
        }
    }
}

/// Returns a media type in lower case, without spaces and quotes. Media types that differ only in case, spaces or
/// quotes are the same.
fn normalize_media_type(media_type: &str) -> String {
    media_type.to_ascii_lowercase().replace([' ', '"'], "")
}
