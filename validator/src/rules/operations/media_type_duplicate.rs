use std::collections::HashMap;

use partner_spec::{Entry, Kind, Profile, Rule};

use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule =
    Rule::warning("media-type-duplicate", Profile::Openapi, include_str!("media_type_duplicate.md"));

fn check(model: &Model<'_>, found: &mut Findings) {
    let holders = [Kind::RequestBody, Kind::Response].map(|kind| model.each(kind));
    for holder in holders.into_iter().flatten() {
        let mut first: HashMap<String, &Entry> = HashMap::new();
        for media in holder.node.entries("content") {
            if let Some(other) = first.get(&canonical(&media.key)) {
                found
                    .at(
                        &media.key_location,
                        format!("`{}` is the same media type as `{}`", media.key, other.key),
                    )
                    .related(&other.key_location, "first here")
                    .help("keep one of them");
            } else {
                first.insert(canonical(&media.key), media);
            }
        }
    }
}

/// Without what makes no difference: case and spaces.
fn canonical(media_type: &str) -> String {
    media_type.to_ascii_lowercase().replace([' ', '"'], "")
}
