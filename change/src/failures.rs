//! The bodies of failures (responses with an error status). The Rust clients read all failures as one type, so the
//! model does not contain their bodies; a program in another language may depend on them.

use std::collections::BTreeMap;

use partner_model::media::essence;
use partner_spec::{Document, METHODS, Node};

/// The deepest nesting, and the most keys, that are compared in the body of one failure. Larger bodies are not
/// expected.
const MAX_DEPTH: usize = 12;
const MAX_KEYS: usize = 400;

/// The content of a body: each key with its path (`application/json.error.code`), and its type, format and presence
/// (`string uuid required`).
pub(crate) type Shape = BTreeMap<String, String>;

/// The bodies of all failures, by method, path and status.
#[derive(Debug, Default)]
pub(crate) struct Failures(BTreeMap<(String, String), BTreeMap<String, Shape>>);

impl Failures {
    /// Reads the failures of a document.
    pub(crate) fn read(document: &Document) -> Failures {
        let root = &document.root;
        let mut all = BTreeMap::new();
        for path in root.entries("paths") {
            let Some(item) = path.node.follow(root) else { continue };
            for method in METHODS {
                let responses = item.get(method).map(|operation| operation.entries("responses"));
                let failures =
                    responses.into_iter().flatten().filter(|response| !response.key.starts_with('2'));
                let shapes = failures.filter_map(|response| {
                    Some((response.key.clone(), shape(response.node.follow(root)?, root)))
                });
                let shapes: BTreeMap<String, Shape> = shapes.collect();
                all.insert((method.to_owned(), path.key.clone()), shapes);
            }
        }
        Failures(all)
    }

    /// The content of the body of a failure; `None` if the operation has no failure with this status.
    pub(crate) fn shape(&self, method: &str, path: &str, status: &str) -> Option<&Shape> {
        self.0.get(&(method.to_owned(), path.to_owned()))?.get(status)
    }
}

/// Collects the keys of all bodies of a response.
fn shape(response: &Node, root: &Node) -> Shape {
    let mut shape = Shape::new();
    for media in response.entries("content") {
        let path = essence(&media.key);
        match media.node.get("schema") {
            Some(schema) => add(schema, root, &path, "", 0, &mut shape),
            None => drop(shape.insert(path, String::from("anything"))),
        }
    }
    shape
}

/// Adds the description of the value at `path`, and of all keys in it, as far as the schema gives them.
fn add(schema: &Node, root: &Node, path: &str, presence: &str, depth: usize, shape: &mut Shape) {
    let Some(schema) = schema.follow(root).filter(|_| depth < MAX_DEPTH && shape.len() < MAX_KEYS) else {
        return;
    };
    let mut words: Vec<&str> = ["type", "format"].iter().filter_map(|key| schema.str(key)).collect();
    words.extend(schema.flag("nullable").then_some("nullable"));
    words.extend(Some(presence).filter(|presence| !presence.is_empty()));
    let description = shape.entry(path.to_owned()).or_default();
    // Several members of an `allOf` may describe the same value; the longest description is kept.
    if words.join(" ").len() > description.len() {
        *description = words.join(" ");
    }
    let required: Vec<&str> = schema.items("required").iter().filter_map(Node::as_str).collect();
    for property in schema.entries("properties") {
        let presence = if required.contains(&property.key.as_str()) { "required" } else { "optional" };
        add(&property.node, root, &format!("{path}.{}", property.key), presence, depth + 1, shape);
    }
    if let Some(items) = schema.get("items") {
        add(items, root, &format!("{path}[]"), "", depth + 1, shape);
    }
    for part in schema.items("allOf") {
        add(part, root, path, presence, depth + 1, shape);
    }
    for key in ["oneOf", "anyOf"] {
        for (index, part) in schema.items(key).iter().enumerate() {
            add(part, root, &format!("{path}|{}", index + 1), "", depth + 1, shape);
        }
    }
}
