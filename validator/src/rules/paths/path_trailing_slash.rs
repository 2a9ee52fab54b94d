use std::collections::HashMap;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("path-trailing-slash", Profile::OpenApi, include_str!("path_trailing_slash.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let paths: Vec<&Entry> = model
        .root
        .get_entries("paths")
        .filter(|path| path.key.starts_with('/') && path.key.len() > 1)
        .collect();
    let with_slash: Vec<&Entry> = paths.iter().filter(|path| path.key.ends_with('/')).copied().collect();
    // If at least half of the paths end with a slash, the server probably expects the slash. In this case, a path that
    // ends with a slash is reported only if the OpenAPI document also has the same path without the slash.
    let is_trailing_slash_usual = with_slash.len() * 2 >= paths.len();
    let known: HashMap<&str, &Entry> = paths.iter().map(|path| (path.key.as_str(), *path)).collect();
    for path in with_slash {
        let twin = known.get(path.key.trim_end_matches('/'));
        match twin {
            Some(twin) => found
                .report_at(
                    &path.key_location,
                    format!("`{}` is there without a slash at its end, too", path.key),
                )
                .with_related_location(&twin.key_location, "without a slash")
                .with_help("keep the one that the server knows"),
            None if is_trailing_slash_usual => continue,
            None => found
                .report_at(
                    &path.key_location,
                    format!("the path `{}` ends with a slash, and most do not", path.key),
                )
                .with_help("take the slash away, unless the server wants it"),
        };
    }
}
