//! What failures hold. Every client reads all failures as one type, so the model does not have their bodies; a program in
//! another language may read them.

use std::collections::BTreeMap;

use partner_model::media::essence;
use partner_spec::{Document, METHODS, Node};

/// How deep a body is looked into, and how many keys are listed. Nobody reads an error that is larger.
const MAX_DEPTH: usize = 12;
const MAX_KEYS: usize = 400;

/// The keys of a body, each with what may stand there.
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

    /// What a failure of an operation holds; nothing when it has no such failure.
    pub(crate) fn shape(&self, method: &str, path: &str, status: &str) -> Option<&Shape> {
        self.0.get(&(method.to_owned(), path.to_owned()))?.get(status)
    }
}

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

/// Adds what a schema says to the key that it describes, and to those in it.
fn add(schema: &Node, root: &Node, path: &str, presence: &str, depth: usize, shape: &mut Shape) {
    let Some(schema) = schema.follow(root).filter(|_| depth < MAX_DEPTH && shape.len() < MAX_KEYS) else {
        return;
    };
    let mut words: Vec<&str> = ["type", "format"].iter().filter_map(|key| schema.str(key)).collect();
    words.extend(schema.flag("nullable").then_some("nullable"));
    words.extend(Some(presence).filter(|presence| !presence.is_empty()));
    let said = shape.entry(path.to_owned()).or_default();
    // Several parts of one schema say what it is; the one with the most words says it all.
    if words.join(" ").len() > said.len() {
        *said = words.join(" ");
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
