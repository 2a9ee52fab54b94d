//! Webhooks: their payloads are public schemas.

use partner_model::names::type_name;
use partner_spec::{Kind, Node, Value};

use super::compare::bare;
use super::draft::{Draft, docs, relative};
use super::folder::{Folder, ROOT};
use super::ours::Ours;
use super::{Error, Imported, Options};

/// The file of the payloads, and the title of their docs page.
pub(super) const FILE: &str = "schemas/webhooks.yaml";
const PAGE: &str = "Webhooks";

/// The media type object of an operation's request body.
pub(super) fn content<'n>(operation: &'n Node, root: &'n Node) -> Option<&'n Node> {
    let body = operation.get("requestBody")?.follow(root)?;
    body.entries("content").next().map(|media| &media.node)
}

/// What is known about a webhook that is to be added.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    /// The path that the vendor calls.
    pub(super) path: Option<&'a str>,
    /// The number of the docs page.
    pub(super) page: Option<&'a str>,
    /// The name that the schema gets if no other one has it.
    pub(super) name: String,
    pub(super) example: Option<&'a Node>,
}

/// Adds the payload of a webhook. If the documents have the same schema already, because another one refers to it, that
/// schema becomes the payload.
pub(super) fn add(
    folder: &mut Folder,
    root: &Node,
    schema: Option<&Node>,
    about: &About<'_>,
    options: &Options,
    imported: &mut Imported,
) -> Result<(), Error> {
    let title = about.title;
    let schema = schema.and_then(|schema| schema.follow(root)).filter(|schema| is_described(schema));
    let Some(schema) = schema else {
        return Err(Error::Refused(format!("the webhook `{title}` has no schema of its body")));
    };
    let text = |text: &str| Node::string(text, &schema.location);
    let mark = [("title", Some(title)), ("path", about.path), ("page", about.page)];
    let mark = mark.into_iter().filter_map(|(key, value)| Some((key, text(value?))));
    let page = Ours::new(folder).page(PAGE).unwrap_or(PAGE);
    let keys = about.example.map(|example| ("example", example.clone())).into_iter().chain([
        ("x-public", Node::bool(true, &schema.location)),
        ("x-webhook", Node::object(mark, &schema.location)),
        ("x-docs", docs(page, None, None, &options.retrieved, &schema.location)),
    ]);
    let keys: Vec<(String, Node)> = keys.map(|(key, node)| (key.to_owned(), node)).collect();
    let same = Ours::new(folder).schemas().get(about.name.as_str()).copied().filter(|ours| {
        ours.node.get("x-webhook").is_none() && bare(Kind::Schema, ours.node) == bare(Kind::Schema, schema)
    });
    if let Some(ours) = same {
        let keys: Vec<_> = keys.into_iter().filter(|(key, _)| ours.node.get(key).is_none()).collect();
        let file = ours.file.to_owned();
        folder.edit(&file, |text| text.insert(&format!("/{}", about.name), None, &keys))?;
        add_component(folder, &file, &about.name)?;
    } else {
        let mut draft = Draft::new(root, folder, FILE);
        let name = draft.free_name(&about.name);
        let mut node = draft.component(schema, &name);
        keys.into_iter().for_each(|(key, value)| node.set(&key, value));
        let schemas: Vec<(String, Node)> =
            [(name.clone(), node)].into_iter().chain(draft.schemas()).collect();
        imported.notes.append(&mut draft.notes);
        super::add_schemas(folder, FILE, &schemas, imported)?;
        add_component(folder, FILE, &name)?;
    }
    imported.added.push(format!("{FILE}: the webhook `{title}`"));
    Ok(())
}

/// Whether a schema says anything but that it is the payload of a webhook.
fn is_described(schema: &Node) -> bool {
    schema.as_object().is_some_and(|object| object.iter().any(|entry| !entry.key.starts_with("x-")))
}

/// The name of the schema of a webhook.
pub(super) fn schema_name(title: &str) -> String {
    format!("{}Webhook", type_name(title).trim_end_matches("Webhook"))
}

/// Refers to a schema in `components` of the root file.
fn add_component(folder: &mut Folder, file: &str, name: &str) -> Result<(), Error> {
    let target = format!("{}#/{name}", relative(ROOT, file));
    folder.edit(ROOT, |file| {
        let location = file.tree.location.clone();
        let reference = Node::reference(target, &location);
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
