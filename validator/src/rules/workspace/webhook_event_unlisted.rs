use std::collections::HashSet;

use super::{unread_list, webhook};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::error("webhook-event-unlisted", Profile::Workspace, include_str!("webhook_event_unlisted.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let titles: Vec<&Node> =
        webhook::list_webhook_payloads(model).filter_map(|webhook| webhook.title).collect();
    let described_titles: HashSet<&str> = titles.iter().filter_map(|title| title.as_str()).collect();
    let Some(events) = find_webhook_event_enum(model, &described_titles) else { return };
    let unread = unread_list::load_unread_yaml(model).and_then(Result::ok);
    let unread: HashSet<&str> = unread
        .iter()
        .flat_map(|list| list.get_items("webhooks"))
        .filter_map(|webhook| webhook.get_str("title"))
        .collect();
    let mut listed = HashSet::new();
    for event in events.node.get_items("enum") {
        let Some(name) = event.as_str() else { continue };
        listed.insert(name);
        if !described_titles.contains(name) && !unread.contains(name) {
            found.report_at(&event.location, format!("no payload is that of the event `{name}`")).with_help(
                "describe it in a schema with `x-webhook: {title: ...}`, or list it in `unread.yaml`",
            );
        }
    }
    for title in titles {
        let unlisted = title.as_str().filter(|name| !listed.contains(name));
        if let Some(name) = unlisted {
            found
                .report_at(&title.location, format!("the event `{name}` is not in the list of events"))
                .with_related_location(&events.start_location(), "the list")
                .with_help("add it there; if the names differ, that of the wire is right");
        }
    }
}

/// Returns the enum that lists the webhook events: of all enums, the one with the most values that are titles of
/// described webhooks. Returns `None` if no enum has such a value.
fn find_webhook_event_enum<'m, 'a>(
    model: &'m Model<'a>,
    described_titles: &HashSet<&str>,
) -> Option<&'m Place<'a>> {
    let known = |place: &Place<'_>| {
        let values = place.node.get_items("enum").iter().filter_map(Node::as_str);
        values.filter(|value| described_titles.contains(value)).count()
    };
    let enums =
        model.object_places_of_kind(ObjectKind::Schema).filter(|place| place.node.get("enum").is_some());
    enums
        .map(|place| (known(place), place))
        .filter(|(known, _)| *known > 0)
        .max_by_key(|(known, _)| *known)
        .map(|(_, place)| place)
}
