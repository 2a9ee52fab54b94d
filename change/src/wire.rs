//! What goes over the wire and is not in the model, because the Rust client does not need it: what failures hold, the
//! headers of responses, relative servers, which webhooks there are. A program in another language may depend on it.

use std::collections::{BTreeMap, BTreeSet};

use partner_model::About;
use partner_model::index::enum_values;
use partner_model::media::essence;
use partner_spec::{Document, Location, METHODS, Node};

use crate::webhooks::{self, schemas};

/// The deepest nesting, and the most schemas, that are compared in the body of one failure. Larger bodies are not
/// expected.
const MAX_DEPTH: usize = 12;
const MAX_SCHEMAS: usize = 400;

/// The content of a body: its values by their paths, like `application/json.error.code`.
pub(crate) type Shape = BTreeMap<String, Part>;

/// A value in a body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    /// Its type, format and presence, like `string uuid required`.
    pub(crate) form: String,
    /// The values of its enum; empty if it has none.
    pub(crate) values: BTreeSet<String>,
    /// Its limits.
    pub(crate) about: About,
    /// The location of its schema; `None` if it has no schema.
    pub(crate) location: Option<Location>,
}

/// What goes over the wire and is not in the model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wire {
    responses: BTreeMap<(String, String), BTreeMap<String, Response>>,
    /// The addresses of the servers that clients in Rust cannot choose: relative ones.
    pub(crate) servers: Vec<String>,
    /// The webhooks by title.
    pub(crate) webhooks: BTreeMap<String, Webhook>,
}

/// A webhook, as far as it is not in the model.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    /// The docs page.
    pub(crate) page: String,
    /// The path that the vendor calls at the receiver.
    pub(crate) path: Option<String>,
    /// The location of the schema of the payload.
    pub(crate) location: Location,
}

/// A response, as far as it is not in the model.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// What it holds, when it is a failure.
    pub(crate) body: Shape,
    /// Its headers by their names in lower case.
    pub(crate) headers: Shape,
}

impl Wire {
    /// Reads it from a document.
    pub(crate) fn read(document: &Document) -> Wire {
        let root = &document.root;
        let addresses = root.items("servers").iter().filter_map(|server| server.str("url"));
        let relative = addresses.filter(|address| !address.contains("://"));
        let servers = relative.map(|address| address.trim_end_matches('/').to_owned());
        let servers = servers.collect();
        let mut wire = Wire { responses: BTreeMap::new(), servers, webhooks: webhooks(root) };
        for path in root.entries("paths") {
            let Some(item) = path.node.follow(root) else { continue };
            for method in METHODS {
                let entries = item.get(method).map(|operation| operation.entries("responses"));
                let read = entries.into_iter().flatten().filter_map(|entry| {
                    let node = entry.node.follow(root)?;
                    let is_success = entry.key.starts_with('2');
                    let body = if is_success { Shape::new() } else { shape(node, root) };
                    Some((entry.key.clone(), Response { body, headers: headers(node, root) }))
                });
                let read: BTreeMap<String, Response> = read.collect();
                wire.responses.insert((method.to_owned(), path.key.clone()), read);
            }
        }
        wire
    }

    /// A response of an operation.
    pub(crate) fn response(&self, method: &str, path: &str, status: &str) -> Option<&Response> {
        self.responses.get(&(method.to_owned(), path.to_owned()))?.get(status)
    }
}

fn webhooks(root: &Node) -> BTreeMap<String, Webhook> {
    let webhooks = schemas(root).filter_map(|(key, schema)| {
        let page = schema.get("x-docs").and_then(|docs| docs.str("page")).unwrap_or("Webhooks").to_owned();
        let webhook = webhooks::Webhook::read(key, schema)?;
        Some((webhook.title, Webhook { page, path: webhook.path, location: schema.location.clone() }))
    });
    webhooks.collect()
}

fn headers(response: &Node, root: &Node) -> Shape {
    let headers = response.entries("headers").filter_map(|entry| {
        let header = entry.node.follow(root)?;
        let schema = header.get("schema").and_then(|schema| schema.follow(root));
        let words = ["type", "format"].iter().filter_map(|key| schema?.str(key));
        let presence = if header.flag("required") { "required" } else { "optional" };
        let form = words.chain([presence]).collect::<Vec<_>>().join(" ");
        Some((entry.key.to_ascii_lowercase(), Part { form, ..Part::default() }))
    });
    headers.collect()
}

fn shape(response: &Node, root: &Node) -> Shape {
    let mut shape = Shape::new();
    for media in response.entries("content") {
        let path = essence(&media.key);
        match media.node.get("schema") {
            Some(schema) => Body { root, left: MAX_SCHEMAS }.add(schema, &path, "", 0, &mut shape),
            None => drop(shape.insert(path, Part { form: String::from("anything"), ..Part::default() })),
        }
    }
    shape
}

/// Reads the body of one failure.
struct Body<'a> {
    root: &'a Node,
    /// The number of schemas that may still be read.
    left: usize,
}

impl Body<'_> {
    /// Adds the description of the value at `path`, and of all keys in it, as far as the schema gives them.
    fn add(&mut self, schema: &Node, path: &str, presence: &str, depth: usize, shape: &mut Shape) {
        let Some(schema) = schema.follow(self.root).filter(|_| depth < MAX_DEPTH && self.left > 0) else {
            return;
        };
        self.left -= 1;
        let mut words: Vec<&str> = ["type", "format"].iter().filter_map(|key| schema.str(key)).collect();
        words.extend(schema.flag("nullable").then_some("nullable"));
        words.extend(Some(presence).filter(|presence| !presence.is_empty()));
        let part = shape.entry(path.to_owned()).or_default();
        // Several members of an `allOf` may describe the same value; the longest description is kept.
        if words.join(" ").len() > part.form.len() {
            part.form = words.join(" ");
        }
        let (values, limits) = (enum_values(schema), About::read(schema).limits);
        let is_first = part.location.is_none();
        let has_more = schema.get("enum").is_some() || !limits.is_empty();
        part.values.extend(values.map(|(value, _)| value.to_owned()));
        part.about.limits.extend(limits);
        if is_first || has_more {
            part.location = Some(schema.location.clone());
        }
        let required: Vec<&str> = schema.items("required").iter().filter_map(Node::as_str).collect();
        for property in schema.entries("properties") {
            let presence = if required.contains(&property.key.as_str()) { "required" } else { "optional" };
            self.add(&property.node, &format!("{path}.{}", property.key), presence, depth + 1, shape);
        }
        if let Some(items) = schema.get("items") {
            self.add(items, &format!("{path}[]"), "", depth + 1, shape);
        }
        for part in schema.items("allOf") {
            self.add(part, path, presence, depth + 1, shape);
        }
        for key in ["oneOf", "anyOf"] {
            let alternative = |part| {
                let mut shape = Shape::new();
                self.add(part, "", "", depth + 1, &mut shape);
                shape
            };
            let mut alternatives: Vec<Shape> = schema.items(key).iter().map(alternative).collect();
            // The order of alternatives means nothing.
            alternatives.sort_by_cached_key(|shape| {
                let part =
                    |(key, part): (&String, &Part)| (key.clone(), part.form.clone(), part.values.clone());
                shape.iter().map(part).collect::<Vec<_>>()
            });
            for (index, alternative) in alternatives.into_iter().enumerate() {
                let inner = alternative.into_iter();
                shape.extend(inner.map(|(key, value)| (format!("{path}|{}{key}", index + 1), value)));
            }
        }
    }
}
