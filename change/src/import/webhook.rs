//! Webhooks: their payloads are public schemas.

use partner_model::names::type_name;
use partner_spec::{METHODS, Node, Value};

use super::draft::{Draft, docs, relative};
use super::folder::{Folder, ROOT};
use super::ours::Ours;
use super::{Error, Imported, Options};

/// The file of the payloads, and the title of their docs page.
const FILE: &str = "schemas/webhooks.yaml";
const PAGE: &str = "Webhooks";

/// The webhooks that a vendor's document lists under `x-webhooks`, as path items by title.
pub(super) fn published(root: &Node) -> impl Iterator<Item = (&str, &Node)> {
    root.entries("x-webhooks").map(|entry| (entry.key.as_str(), &entry.node))
}

/// The media type object of a webhook's payload, from its path item.
pub(super) fn payload<'n>(item: &'n Node, root: &'n Node) -> Option<&'n Node> {
    let operation = METHODS.iter().find_map(|method| item.get(method))?;
    content(operation, root)
}

/// The media type object of an operation's request body.
pub(super) fn content<'n>(operation: &'n Node, root: &'n Node) -> Option<&'n Node> {
    let body = operation.get("requestBody")?.follow(root)?;
    body.entries("content").next().map(|media| &media.node)
}

/// Adds the payload of a webhook. `path` is the path that the vendor calls.
pub(super) fn add(
    folder: &mut Folder,
    root: &Node,
    title: &str,
    path: Option<&str>,
    payload: Option<&Node>,
    options: &Options,
    imported: &mut Imported,
) -> Result<(), Error> {
    let schema = payload.and_then(|media| media.get("schema"));
    let (Some(media), Some(schema)) = (payload, schema.and_then(|schema| schema.follow(root))) else {
        return Err(Error::Refused(format!("the webhook `{title}` has no schema of its body")));
    };
    let mut draft = Draft::new(root, folder, FILE);
    let name = draft.free_name(&format!("{}Webhook", type_name(title).trim_end_matches("Webhook")));
    let text = |text: &str| Node::string(text, &schema.location);
    let mut node = draft.component(schema, &name);
    if let Some(example) = media.get("example") {
        node.set("example", example.clone());
    }
    node.set("x-public", Node::bool(true, &schema.location));
    let path = path.map(|path| ("path", text(path)));
    let about = [("title", text(title))].into_iter().chain(path);
    node.set("x-webhook", Node::object(about, &schema.location));
    let page = Ours::new(folder).page(PAGE).unwrap_or(PAGE);
    node.set("x-docs", docs(page, None, None, &options.retrieved, &schema.location));
    let schemas: Vec<(String, Node)> = [(name.clone(), node)].into_iter().chain(draft.schemas()).collect();
    imported.notes.append(&mut draft.notes);
    super::add_schemas(folder, FILE, &schemas, imported)?;
    add_component(folder, &name)?;
    imported.added.push(format!("{FILE}: the webhook `{title}`"));
    Ok(())
}

/// Refers to a schema in `components` of the root file.
fn add_component(folder: &mut Folder, name: &str) -> Result<(), Error> {
    folder.edit(ROOT, |file| {
        let location = file.tree.location.clone();
        let reference = Node::reference(format!("{}#/{name}", relative(ROOT, FILE)), &location);
        let mut pointer = String::new();
        for key in ["components", "schemas"] {
            let parent = pointer.clone();
            pointer = format!("{pointer}/{key}");
            if file.tree.pointer(&pointer).is_none() {
                let empty = Node::new(Value::Object(partner_spec::Object::new()), &location);
                file.insert(&parent, None, &[(key.to_owned(), empty)])?;
            }
        }
        file.insert(&pointer, None, &[(name.to_owned(), reference)])
    })
}
