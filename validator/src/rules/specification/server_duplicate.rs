use crate::instance::to_canonical_text;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("server-duplicate", Profile::OpenApi, include_str!("server_duplicate.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for holder in [ObjectKind::OpenApi, ObjectKind::PathItem, ObjectKind::Operation] {
        for place in model.object_places_of_kind(holder) {
            check_list(place.node.get_items("servers"), found);
        }
    }
}

fn check_list(servers: &[Node], found: &mut RuleFindings) {
    let urls = servers.iter().filter_map(|server| {
        let url = server.get("url")?;
        // Servers are compared by URL and variables, because a server with the same URL but other variables is a
        // different server.
        Some(((url.as_str()?.trim_end_matches('/'), server.get("variables").map(to_canonical_text)), url))
    });
    for (url, first) in find_items_with_repeated_keys(urls) {
        found
            .report_at(
                &url.location,
                format!("the server `{}` is there twice", url.as_str().unwrap_or_default()),
            )
            .with_related_location(&first.location, "first here")
            .with_help("correct the URL, or take one of the two away");
    }
}
