//! Converts the webhooks of a vendor's document: their payloads become schemas with `x-webhook`, as in the documents
//! that this project maintains.

use partner_model::names::to_type_name;
use partner_spec::{HTTP_METHODS, Node};

use crate::tree::add_component_schemas;
use crate::webhooks::{find_component_schemas_mut, find_docs_page_number, list_component_schemas};

/// The maximum number of nodes that are copied in one document. Nodes are copied if several webhooks have the same
/// payload schema, because each webhook needs a schema of its own.
const MAX_COPIED_NODES_PER_DOCUMENT: usize = 200_000;

/// The last word in the title of a docs page that describes a webhook.
const WEBHOOK_TITLE_LAST_WORD: &str = "webhook";

/// The title of a Markdown page, and the name of its file.
pub(super) type PageTitleAndFileName<'p> = (&'p str, &'p str);

/// A webhook that a vendor's document describes. The documentation of [`convert_webhooks_to_schemas`] lists the places
/// in a document where webhooks can be described.
struct VendorWebhook {
    title: String,
    path: Option<String>,
    page: Option<String>,
    /// The media type object, which has the schema of the payload. If the document describes no payload, this is the
    /// path item, which only gives the location of the webhook.
    media_type_or_path_item: Node,
}

/// Converts all webhooks of a document to schemas. The webhooks are below `webhooks` (OpenAPI 3.1), `x-webhooks` and
/// `callbacks`. If the document comes from a docs page with a title that ends with `Webhook`, its operations are
/// webhooks, too.
pub(super) fn convert_webhooks_to_schemas(root: &mut Node, page: Option<PageTitleAndFileName<'_>>) {
    let mut found = Vec::new();
    let page = page.filter(|(title, _)| title.to_lowercase().trim_end().ends_with(WEBHOOK_TITLE_LAST_WORD));
    for path in root.get_entries("paths") {
        for operation in HTTP_METHODS.iter().filter_map(|method| path.node.get(method)) {
            for callback in operation.get_entries("callbacks") {
                let items = callback.node.resolve_reference(root).and_then(Node::as_object);
                let items = items.into_iter().flat_map(partner_spec::Object::iter);
                found.extend(items.filter_map(|item| read_webhook(root, &callback.key, &item.node)));
            }
        }
        if let Some((title, file)) = page {
            let number = find_docs_page_number(file).map(str::to_owned);
            let webhook = read_webhook(root, title, &path.node);
            found.extend(webhook.map(|found| VendorWebhook {
                path: Some(path.key.clone()),
                page: number,
                ..found
            }));
        }
    }
    for key in ["webhooks", "x-webhooks"] {
        found.extend(root.get_entries(key).filter_map(|entry| read_webhook(root, &entry.key, &entry.node)));
        root.remove(key);
    }
    if page.is_some() && !found.is_empty() {
        root.set_value("paths", Node::new_object([], &root.location.clone()));
    }
    let mut copied_node_count = 0;
    found.into_iter().for_each(|webhook| ensure_payload_schema(root, webhook, &mut copied_node_count));
}

/// Reads the webhook that a path item describes; `None` if the path item has no operation.
fn read_webhook(root: &Node, title: &str, item: &Node) -> Option<VendorWebhook> {
    let item = item.resolve_reference(root)?;
    let operation = HTTP_METHODS.iter().find_map(|method| item.get(method))?;
    let body = operation.get("requestBody").and_then(|body| body.resolve_reference(root));
    let media_type_or_path_item =
        body.and_then(|body| body.get_entries("content").next()).map_or(item, |media| &media.node);
    Some(VendorWebhook {
        title: title.to_owned(),
        path: None,
        page: None,
        media_type_or_path_item: media_type_or_path_item.clone(),
    })
}

/// Makes sure that the `components` of a document contain a schema for the payload of a webhook, marked with
/// `x-webhook`. If the payload is a reference to a component without that mark, the component gets the mark. If the
/// component has the mark of another webhook, or the payload is no reference, a marked copy of the payload's schema is
/// added to `components`. `copied_node_count` is the number of nodes copied so far.
fn ensure_payload_schema(root: &mut Node, webhook: VendorWebhook, copied_node_count: &mut usize) {
    let VendorWebhook { title, path, page, media_type_or_path_item: payload } = webhook;
    let location = payload.location.clone();
    let text = |text: String| Node::new_string(text, &location);
    let about = [("title", Some(title.clone())), ("path", path), ("page", page)];
    let about = about.into_iter().filter_map(|(key, value)| Some((key, text(value?))));
    let mark = Node::new_object(about, &location);
    let schema = payload.get("schema");
    let name =
        schema.and_then(Node::ref_text).and_then(|target| target.strip_prefix("#/components/schemas/"));
    let component = name.and_then(|name| find_component_schemas_mut(root)?.get_mut(name));
    if let Some(component) =
        component.filter(|node| node.as_object().is_some() && node.get("x-webhook").is_none())
    {
        component.set_value("x-webhook", mark);
        if let (Some(example), None) = (payload.get("example"), component.get("example")) {
            component.set_value("example", example.clone());
        }
        return;
    }
    let size = |schema: &&Node| {
        schema.as_object().is_some()
            && *copied_node_count + schema.count_values() <= MAX_COPIED_NODES_PER_DOCUMENT
    };
    let target = schema.and_then(|schema| schema.resolve_reference(root)).filter(size);
    *copied_node_count += target.filter(|_| name.is_some()).map_or(0, Node::count_values);
    let mut node = target.cloned().unwrap_or_else(|| Node::new_object([], &location));
    if let Some(example) = payload.get("example") {
        node.set_value("example", example.clone());
    }
    node.set_value("x-webhook", mark);
    let name = format!("{}Webhook", to_type_name(&title).trim_end_matches("Webhook"));
    let is_free = |name: &String| !list_component_schemas(root).any(|(key, _)| key == name);
    let numbered = (2..).map(|number| format!("{name}{number}"));
    if let Some(free) = [name.clone()].into_iter().chain(numbered).find(is_free) {
        add_component_schemas(root, vec![(free, node)]);
    }
}
