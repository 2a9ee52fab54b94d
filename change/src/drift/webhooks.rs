//! Finds the schemas of a vendor's document that correspond to the public schemas (`x-public`) of our document. Most
//! public schemas are payloads of webhooks.

use std::collections::BTreeSet;

use partner_model::names::{can_become_identifier, to_schema_type_name};
use partner_spec::Node;

use crate::tree::{SchemaFields, add_component_schemas};
use crate::webhooks::{
    Webhook, find_component_schemas_mut, find_corresponding_payload_schema, list_component_schemas,
};

/// The `x-` keys that the comparison reads from a schema with `x-public`. Before the comparison, everything that is not
/// sent over the wire is removed from a document, including these keys. Then these keys are added again, so that the
/// comparison can read them.
const RESTORED_EXTENSION_KEYS: [&str; 3] = ["x-public", "x-webhook", "x-docs"];

/// A schema of our document with `x-public`. Such a schema gets a Rust type even if no operation uses the schema. Most
/// of these schemas are payloads of webhooks.
pub(super) struct OurPublicSchema {
    /// The key of the schema in `components`.
    component_key: String,
    /// The name of the schema's Rust type.
    type_name: String,
    webhook: Option<Webhook>,
    /// Those `x-` keys of the schema that are in [`RESTORED_EXTENSION_KEYS`], with their values. All `x-` keys are
    /// removed from the document, but these are added again, because the comparison needs them.
    extensions_to_restore: Vec<(&'static str, Node)>,
    /// Whether the schema has a field `data`. A schema without this field describes only the `data` of an event, so it
    /// is compared with the field `data` of the vendor's payload.
    has_data_field: bool,
}

/// Lists the schemas of our document that have `x-public`, and so get a public Rust type even if no operation uses
/// them.
pub(super) fn list_our_public_schemas(root: &Node) -> Vec<OurPublicSchema> {
    let public = list_component_schemas(root).filter(|(_, schema)| schema.value_is_true("x-public"));
    let found = public.map(|(key, schema)| OurPublicSchema {
        component_key: key.to_owned(),
        type_name: schema
            .get_str("title")
            .filter(|title| can_become_identifier(title))
            .map_or_else(|| to_schema_type_name(key), to_schema_type_name),
        webhook: Webhook::from_payload_schema(key, schema),
        extensions_to_restore: RESTORED_EXTENSION_KEYS
            .iter()
            .filter_map(|key| Some((*key, schema.get(key)?.clone())))
            .collect(),
        has_data_field: SchemaFields::read(root, schema).field_schema("data").is_some(),
    });
    found.collect()
}

/// Restores the extension keys (`x-...`) of our public schemas in our document. These keys were removed from the
/// document before, like everything that does not affect the contents of requests and responses.
pub(super) fn restore_public_schema_extensions(root: &mut Node, ours: &[OurPublicSchema]) {
    let Some(schemas) = find_component_schemas_mut(root) else { return };
    for known in ours {
        let Some(schema) = schemas.get_mut(&known.component_key) else { continue };
        known.extensions_to_restore.iter().for_each(|(key, node)| schema.set_value(key, node.clone()));
    }
}

/// The webhooks that a vendor's document describes.
#[derive(Default)]
pub(super) struct VendorWebhooks {
    /// The titles, in our document, of the webhooks that both documents (ours and the vendor's) describe.
    pub(super) shared_webhook_titles: BTreeSet<String>,
    /// For each webhook of the vendor's document, the key of the webhook's payload schema in `components`, and the
    /// title of the webhook. If our document has the webhook, too, the title is the one in our document.
    pub(super) payload_schema_keys_and_titles: Vec<(String, String)>,
}

/// Matches the webhooks of a vendor's document with ours. Adapts the payload schemas in the vendor's document: makes
/// them public (`x-public`).
///
/// - The payload schema of a matched webhook gets our type name and our title.
/// - Any other public schema of ours is matched with the vendor's schema that has the same key. The vendor's schema
///   becomes public, too.
///
/// `theirs` lists the vendor's webhooks, as they were found before the document was reduced to what goes over the wire.
pub(super) fn match_and_adapt_webhooks(
    root: &mut Node,
    theirs: &[Webhook],
    ours: &[OurPublicSchema],
    page: Option<&str>,
) -> VendorWebhooks {
    let mut described = VendorWebhooks::default();
    let mut known: Vec<&Webhook> = ours.iter().filter_map(|ours| ours.webhook.as_ref()).collect();
    let mut copies = Vec::new();
    for webhook in theirs {
        let found = webhook.find_counterpart(&known).cloned();
        let Some(schema) =
            find_component_schemas_mut(root).and_then(|schemas| schemas.get_mut(&webhook.payload_schema_key))
        else {
            continue;
        };
        let title = found.as_ref().map_or(&webhook.title, |ours| &ours.title).clone();
        let ours = found
            .as_ref()
            .and_then(|found| ours.iter().find(|ours| ours.component_key == found.payload_schema_key));
        let mark = make_webhook_extensions(&title, webhook, page.unwrap_or("Webhooks"), &schema.location);
        let Some(ours) = ours else {
            mark.into_iter().for_each(|(key, node)| schema.set_value(key, node));
            described.payload_schema_keys_and_titles.push((webhook.payload_schema_key.clone(), title));
            continue;
        };
        known.retain(|other| other.payload_schema_key != ours.component_key);
        let schema = list_component_schemas(root).find(|(key, _)| *key == webhook.payload_schema_key);
        let payload = schema
            .and_then(|(_, schema)| find_corresponding_payload_schema(root, schema, ours.has_data_field));
        let Some(payload) = payload.cloned() else { continue };
        let component_key = format!("webhook {}", copies.len());
        copies.push((component_key.clone(), with_name_and_extensions(payload, &ours.type_name, mark)));
        described.payload_schema_keys_and_titles.push((component_key, title.clone()));
        described.shared_webhook_titles.insert(title);
    }
    let is_described = |ours: &&OurPublicSchema| {
        ours.webhook.as_ref().is_some_and(|webhook| described.shared_webhook_titles.contains(&webhook.title))
            || theirs.iter().any(|webhook| webhook.payload_schema_key == ours.component_key)
    };
    for ours in ours.iter().filter(|ours| !is_described(ours)) {
        let Some((_, schema)) = list_component_schemas(root).find(|(key, _)| *key == ours.component_key)
        else {
            continue;
        };
        let public = vec![("x-public", Node::new_bool(true, &schema.location))];
        if let Some(schema) = schema.resolve_reference(root).filter(|schema| schema.as_object().is_some()) {
            copies.push((
                format!("webhook {}", copies.len()),
                with_name_and_extensions(schema.clone(), &ours.type_name, public),
            ));
        }
    }
    add_component_schemas(root, copies);
    described
}

/// Makes the extensions (`x-` keys and their values) that mark a schema as the public payload of a webhook.
fn make_webhook_extensions(
    title: &str,
    webhook: &Webhook,
    page: &str,
    location: &partner_spec::Location,
) -> Vec<(&'static str, Node)> {
    let text = |text: &str| Node::new_string(text, location);
    let path = webhook.path.as_deref().map(|path| ("path", text(path)));
    let about = [("title", text(title))].into_iter().chain(path);
    vec![
        ("x-public", Node::new_bool(true, location)),
        ("x-webhook", Node::new_object(about, location)),
        ("x-docs", Node::new_object([("page", text(page))], location)),
    ]
}

fn with_name_and_extensions(mut schema: Node, name: &str, keys: Vec<(&'static str, Node)>) -> Node {
    let title = Node::new_string(name, &schema.location);
    schema.set_value("title", title);
    keys.into_iter().for_each(|(key, node)| schema.set_value(key, node));
    schema
}
