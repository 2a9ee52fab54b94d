//! Finds changes of webhooks, the requests that a vendor sends to a receiver. The payload of a webhook is a type, which
//! the rules about types compare.

use crate::compare::Comparison;
use crate::pairs::RECEIVED;
use crate::rule::{Effect::*, Rule};
use crate::site::ChangeSite;
use crate::wire::UnmodeledWebhookParts;

declare_rules! {
    WEBHOOK_ADDED = Rule::new(
        "webhook-added",
        "A webhook is added",
        "Receivers have to expect what they do not know.",
    ).with_response_effects(Compatible, Unaffected);
    WEBHOOK_REMOVED = Rule::new(
        "webhook-removed",
        "A webhook is gone",
        "Programs that rely on it are not notified any more.",
    ).with_response_effects(Breaking, Unaffected).with_migration_advice("Find out in another way what the webhook `{old}` reported.");
    WEBHOOK_MOVED = Rule::new(
        "webhook-moved",
        "A webhook is sent to another path",
        "Receivers recognize it by its path.",
    ).with_response_effects(Breaking, Unaffected).with_migration_advice("Receive the webhook at `{new}` instead of `{old}`.");
}

pub(crate) fn report_changes(c: &mut Comparison<'_>) {
    let [before, after] = c.unmodeled_parts.map(|wire| &wire.webhook_parts_by_title);
    for (title, old) in before {
        let site = site(title, old);
        let Some(new) = after.get(title) else {
            let text = format!("The webhook `{title}` is gone");
            c.report_change(&WEBHOOK_REMOVED, &site, text, (Some(&old.payload_schema_location), None))
                .fill_in_migration_advice(title, "");
            continue;
        };
        if let (Some(from), Some(to)) = (&old.path, &new.path)
            && from != to
        {
            let text = format!("The webhook `{title}` is sent to `{to}`, and was to `{from}`");
            c.report_change(
                &WEBHOOK_MOVED,
                &site,
                text,
                (Some(&old.payload_schema_location), Some(&new.payload_schema_location)),
            )
            .fill_in_migration_advice(from, to);
        }
    }
    for (title, new) in after.iter().filter(|(title, _)| !before.contains_key(*title)) {
        let text = format!("The webhook `{title}` is new");
        c.report_change(&WEBHOOK_ADDED, &site(title, new), text, (None, Some(&new.payload_schema_location)));
    }
}

fn site(title: &str, webhook: &UnmodeledWebhookParts) -> ChangeSite {
    ChangeSite {
        page_title: webhook.page_title.clone(),
        quoted_name: format!("`{title}`"),
        client_method_names: Vec::new(),
        directions: RECEIVED,
        affected_type_names: Vec::new(),
    }
}
