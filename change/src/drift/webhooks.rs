//! Matches the public schemas (`x-public`) of the vendor's documents, most of them payloads of webhooks, with those of
//! our document.

use std::collections::BTreeSet;

use partner_model::names::{is_nameable, to_schema_type_name};
use partner_spec::Node;

use crate::tree::{SchemaFields, add_schemas};
use crate::webhooks::{Webhook, component_schemas, component_schemas_mut, find_corresponding_payload};

/// The `x-` keys of a public schema that the comparison needs. The reduction of a document to what goes over the wire
/// removes them, so they are restored afterwards.
const RESTORED_KEYS: [&str; 3] = ["x-public", "x-webhook", "x-docs"];

/// A schema of our document with `x-public`: the payload of a webhook, or another schema that gets a Rust type although
/// no operation uses it.
pub(super) struct OurPublicSchema {
    /// The key of the schema in `components`.
    key: String,
    /// The name of the schema's Rust type.
    type_name: String,
    webhook: Option<Webhook>,
    /// The keys of [`RESTORED_KEYS`] that the schema has, with their values. They are restored after the reduction of
    /// the document.
    restored_keys: Vec<(&'static str, Node)>,
    /// Whether the schema has a field `data`. If not, the schema is compared with the field `data` of the vendor's
    /// payload instead of the whole payload.
    has_data_field: bool,
}

/// Lists the public schemas of our document.
pub(super) fn find_public_schemas(root: &Node) -> Vec<OurPublicSchema> {
    let public = component_schemas(root).filter(|(_, schema)| schema.is_true("x-public"));
    let found = public.map(|(key, schema)| OurPublicSchema {
        key: key.to_owned(),
        type_name: schema
            .get_str("title")
            .filter(|title| is_nameable(title))
            .map_or_else(|| to_schema_type_name(key), to_schema_type_name),
        webhook: Webhook::read(key, schema),
        restored_keys: RESTORED_KEYS
            .iter()
            .filter_map(|key| Some((*key, schema.get(key)?.clone())))
            .collect(),
        has_data_field: SchemaFields::read(root, schema).get("data").is_some(),
    });
    found.collect()
}

/// Restores the keys that make schemas public, which the reduction of our document removed.
pub(super) fn restore_public_keys(root: &mut Node, ours: &[OurPublicSchema]) {
    let Some(schemas) = component_schemas_mut(root) else { return };
    for known in ours {
        let Some(schema) = schemas.get_mut(&known.key) else { continue };
        known.restored_keys.iter().for_each(|(key, node)| schema.set(key, node.clone()));
    }
}

/// The webhooks that a vendor's document describes.
#[derive(Default)]
pub(super) struct DescribedWebhooks {
    /// The titles of our webhooks that the vendor's document describes.
    pub(super) our_titles: BTreeSet<String>,
    /// For each webhook that the vendor's document describes: the key of its payload's schema in `components`, and its
    /// title (our title, if our document has the webhook).
    pub(super) payload_keys_and_titles: Vec<(String, String)>,
}

/// Matches the webhooks of a vendor's document with ours, and makes the schemas of the vendor's payloads public. The
/// payload schema of a matched webhook gets our type name and our title. Each other public schema of ours is matched
/// with the vendor's schema that has the same key, and that schema becomes public, too. `theirs` lists the vendor's
/// webhooks, found before the document was reduced.
pub(super) fn match_webhooks(
    root: &mut Node,
    theirs: &[Webhook],
    ours: &[OurPublicSchema],
    page: Option<&str>,
) -> DescribedWebhooks {
    let mut described = DescribedWebhooks::default();
    let mut known: Vec<&Webhook> = ours.iter().filter_map(|ours| ours.webhook.as_ref()).collect();
    let mut copies = Vec::new();
    for webhook in theirs {
        let found = webhook.find_counterpart(&known).cloned();
        let Some(schema) = component_schemas_mut(root).and_then(|schemas| schemas.get_mut(&webhook.key))
        else {
            continue;
        };
        let title = found.as_ref().map_or(&webhook.title, |ours| &ours.title).clone();
        let ours = found.as_ref().and_then(|found| ours.iter().find(|ours| ours.key == found.key));
        let mark = make_webhook_keys(&title, webhook, page.unwrap_or("Webhooks"), &schema.location);
        let Some(ours) = ours else {
            mark.into_iter().for_each(|(key, node)| schema.set(key, node));
            described.payload_keys_and_titles.push((webhook.key.clone(), title));
            continue;
        };
        known.retain(|other| other.key != ours.key);
        let schema = component_schemas(root).find(|(key, _)| *key == webhook.key);
        let payload =
            schema.and_then(|(_, schema)| find_corresponding_payload(root, schema, ours.has_data_field));
        let Some(payload) = payload.cloned() else { continue };
        let key = format!("webhook {}", copies.len());
        copies.push((key.clone(), with_name_and_keys(payload, &ours.type_name, mark)));
        described.payload_keys_and_titles.push((key, title.clone()));
        described.our_titles.insert(title);
    }
    let is_described = |ours: &&OurPublicSchema| {
        ours.webhook.as_ref().is_some_and(|webhook| described.our_titles.contains(&webhook.title))
            || theirs.iter().any(|webhook| webhook.key == ours.key)
    };
    for ours in ours.iter().filter(|ours| !is_described(ours)) {
        let Some((_, schema)) = component_schemas(root).find(|(key, _)| *key == ours.key) else { continue };
        let public = vec![("x-public", Node::bool(true, &schema.location))];
        if let Some(schema) = schema.resolve_reference(root).filter(|schema| schema.as_object().is_some()) {
            copies.push((
                format!("webhook {}", copies.len()),
                with_name_and_keys(schema.clone(), &ours.type_name, public),
            ));
        }
    }
    add_schemas(root, copies);
    described
}

/// Makes the `x-` keys that mark a schema as the public payload of a webhook.
fn make_webhook_keys(
    title: &str,
    webhook: &Webhook,
    page: &str,
    location: &partner_spec::Location,
) -> Vec<(&'static str, Node)> {
    let text = |text: &str| Node::string(text, location);
    let path = webhook.path.as_deref().map(|path| ("path", text(path)));
    let about = [("title", text(title))].into_iter().chain(path);
    vec![
        ("x-public", Node::bool(true, location)),
        ("x-webhook", Node::object(about, location)),
        ("x-docs", Node::object([("page", text(page))], location)),
    ]
}

fn with_name_and_keys(mut schema: Node, name: &str, keys: Vec<(&'static str, Node)>) -> Node {
    let title = Node::string(name, &schema.location);
    schema.set("title", title);
    keys.into_iter().for_each(|(key, node)| schema.set(key, node));
    schema
}
