//! Finds webhook payloads: components with `x-webhook`.

use partner_spec::{Location, Node, ObjectKind};

use crate::model::{Model, Place};

/// The payload of a webhook: a component with `x-webhook`.
pub(super) struct WebhookPayload<'a> {
    /// The name of the payload's schema.
    pub(super) payload_schema_name: &'a str,
    /// The location of the name of the payload's schema.
    pub(super) payload_schema_name_location: &'a Location,
    /// The schema of the payload.
    pub(super) payload_schema: &'a Node,
    /// The `title` in `x-webhook`. It is the name of the event or, for an event without a name, the title of the
    /// webhook in the docs.
    pub(super) title: Option<&'a Node>,
    /// The `page` in `x-webhook`: the URL of the docs page, or only the number that the URL contains.
    pub(super) page_url_or_number: Option<&'a str>,
}

/// Lists all webhook payloads, in the order of the document.
pub(super) fn list_webhook_payloads<'m, 'a>(
    model: &'m Model<'a>,
) -> impl Iterator<Item = WebhookPayload<'a>> + use<'m, 'a> {
    model.object_places_of_kind(ObjectKind::Schema).filter(|place| is_component(model, place)).filter_map(
        |place| {
            let webhook = place.node.get("x-webhook")?;
            let (title, page) = (webhook.get("title"), webhook.get_str("page"));
            Some(WebhookPayload {
                payload_schema_name: place.map_key?,
                payload_schema_name_location: place.key_location,
                payload_schema: place.node,
                title,
                page_url_or_number: page,
            })
        },
    )
}

/// Whether a schema is a component.
pub(super) fn is_component(model: &Model<'_>, place: &Place<'_>) -> bool {
    model.find_parent_place(place).is_some_and(|parent| parent.kind == ObjectKind::Components)
}
