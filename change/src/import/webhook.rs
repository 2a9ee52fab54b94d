//! Imports webhooks. The schema of each payload is marked with `x-public`, so that it becomes a Rust type of the
//! client.

use partner_model::names::to_type_name;
use partner_spec::{Node, ObjectKind, Value};

use super::compare::copy_for_comparison;
use super::draft::{DraftBuilder, compute_relative_path, make_docs_extension};
use super::folder::{DocumentFolder, ROOT_FILE_NAME};
use super::ours::OurDocuments;
use super::{ImportError, ImportOptions, ImportResult};

/// The path of the file with the schemas of webhook payloads, relative to the folder of the documents.
pub(super) const WEBHOOK_SCHEMA_FILE_PATH: &str = "schemas/webhooks.yaml";
/// The title of the docs page to which all webhooks belong.
const WEBHOOKS_PAGE_TITLE: &str = "Webhooks";

/// Returns the first media type object of an operation's request body; `None` if there is none.
pub(super) fn find_first_body_media_type_node<'n>(operation: &'n Node, root: &'n Node) -> Option<&'n Node> {
    let body = operation.get("requestBody")?.resolve_reference(root)?;
    body.get_entries("content").next().map(|media| &media.node)
}

/// A webhook that an import adds to our documents.
pub(super) struct NewWebhook<'a> {
    pub(super) title: &'a str,
    /// The path on the receiver's server to which the vendor sends the webhook, like `/webhook/user/status`.
    pub(super) path: Option<&'a str>,
    /// The number in the URL of the webhook's page in the vendor's docs.
    pub(super) docs_page_number: Option<&'a str>,
    /// The preferred name of the payload's schema. A number is added if another schema already has this name.
    pub(super) preferred_schema_name: String,
    pub(super) example: Option<&'a Node>,
}

/// Adds the schema of a webhook's payload to our documents. If our documents already have an equal schema, for example
/// because another schema uses it, marks that schema as the payload instead.
pub(super) fn add_webhook_payload_schema(
    folder: &mut DocumentFolder,
    root: &Node,
    schema: Option<&Node>,
    about: &NewWebhook<'_>,
    options: &ImportOptions,
    imported: &mut ImportResult,
) -> Result<(), ImportError> {
    let title = about.title;
    let schema =
        schema.and_then(|schema| schema.resolve_reference(root)).filter(|schema| describes_payload(schema));
    let Some(schema) = schema else {
        return Err(ImportError::Refused(format!("the webhook `{title}` has no schema of its body")));
    };
    let text = |text: &str| Node::new_string(text, &schema.location);
    let mark = [("title", Some(title)), ("path", about.path), ("page", about.docs_page_number)];
    let mark = mark.into_iter().filter_map(|(key, value)| Some((key, text(value?))));
    let page = OurDocuments::new(folder).find_page_title(WEBHOOKS_PAGE_TITLE).unwrap_or(WEBHOOKS_PAGE_TITLE);
    let keys = about.example.map(|example| ("example", example.clone())).into_iter().chain([
        ("x-public", Node::new_bool(true, &schema.location)),
        ("x-webhook", Node::new_object(mark, &schema.location)),
        ("x-docs", make_docs_extension(page, None, None, &options.retrieved_on, &schema.location)),
    ]);
    let keys: Vec<(String, Node)> = keys.map(|(key, node)| (key.to_owned(), node)).collect();
    let same = OurDocuments::new(folder)
        .collect_schemas_by_name()
        .get(about.preferred_schema_name.as_str())
        .copied()
        .filter(|ours| {
            ours.node.get("x-webhook").is_none()
                && copy_for_comparison(ObjectKind::Schema, ours.node)
                    == copy_for_comparison(ObjectKind::Schema, schema)
        });
    if let Some(ours) = same {
        let keys: Vec<_> = keys.into_iter().filter(|(key, _)| ours.node.get(key).is_none()).collect();
        let file = ours.file.to_owned();
        folder.edit_or_create_file(&file, |text| {
            text.insert_entries(&format!("/{}", about.preferred_schema_name), None, &keys)
        })?;
        add_webhook_schema_reference(folder, &file, &about.preferred_schema_name)?;
    } else {
        let mut draft = DraftBuilder::new(root, folder, WEBHOOK_SCHEMA_FILE_PATH);
        let name = draft.find_unused_schema_name(&about.preferred_schema_name);
        let mut node = draft.convert_schema_to_component(schema, &name);
        keys.into_iter().for_each(|(key, value)| node.set_value(&key, value));
        let schemas: Vec<(String, Node)> =
            [(name.clone(), node)].into_iter().chain(draft.convert_pending_schemas()).collect();
        imported.notes.append(&mut draft.notes);
        super::add_schemas_to_file(folder, WEBHOOK_SCHEMA_FILE_PATH, &schemas, imported)?;
        add_webhook_schema_reference(folder, WEBHOOK_SCHEMA_FILE_PATH, &name)?;
    }
    imported.change_lines.push(format!("{WEBHOOK_SCHEMA_FILE_PATH}: the webhook `{title}`"));
    Ok(())
}

/// Whether a schema describes a payload. A schema that has only `x-` keys does not.
fn describes_payload(schema: &Node) -> bool {
    schema.as_object().is_some_and(|object| object.iter().any(|entry| !entry.key.starts_with("x-")))
}

/// Derives the usual name of a webhook's payload schema from the title of the webhook, like `OrderPaidWebhook` from
/// `order.paid`.
pub(super) fn derive_webhook_schema_name(title: &str) -> String {
    format!("{}Webhook", to_type_name(title).trim_end_matches("Webhook"))
}

/// Adds an entry to the `components` of the root file: a reference to the schema of a webhook.
fn add_webhook_schema_reference(
    folder: &mut DocumentFolder,
    file: &str,
    name: &str,
) -> Result<(), ImportError> {
    let target = format!("{}#/{name}", compute_relative_path(ROOT_FILE_NAME, file));
    folder.edit_or_create_file(ROOT_FILE_NAME, |file| {
        let location = file.tree.location.clone();
        let reference = Node::new_reference(target, &location);
        let mut pointer = String::new();
        for key in ["components", "schemas"] {
            let parent = pointer.clone();
            pointer = format!("{pointer}/{key}");
            if file.tree.pointer(&pointer).is_none() {
                let empty = Node::new(Value::Object(partner_spec::Object::new()), &location);
                file.insert_entries(&parent, None, &[(key.to_owned(), empty)])?;
            }
        }
        file.insert_entries(&pointer, None, &[(name.to_owned(), reference)])
    })
}
