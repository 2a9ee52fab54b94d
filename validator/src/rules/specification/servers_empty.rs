use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("servers-empty", Profile::OpenApi, include_str!("servers_empty.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for kind in [ObjectKind::OpenApi, ObjectKind::PathItem, ObjectKind::Operation] {
        for place in model.object_places_of_kind(kind) {
            let servers = place.node.get("servers").and_then(Node::as_array);
            if servers.is_some_and(<[Node]>::is_empty) {
                found
                    .report_at(&place.location_of_key_or_start("servers"), "the list of servers is empty")
                    .with_help("name one, or take the key away");
            }
        }
    }
}
