//! One of the two states of a document that are compared.

use partner_model::Model;
use partner_model::names::is_nameable;
use partner_spec::{Diagnostics, Document, METHODS, Node, Reading};

use crate::pairs::without_names;
use crate::wire::Wire;

/// One of the two states of a document that are compared.
#[derive(Debug)]
pub struct State {
    /// The model of the API.
    pub model: Model,
    pub(crate) wire: Wire,
}

impl State {
    /// Reads a state, as the API of that module, with what is wrong with the document: that is left out. An operation
    /// without an id is compared all the same.
    ///
    /// # Errors
    ///
    /// The findings of the reader, if the document cannot be read at all.
    pub fn read(reading: &Reading, module: &str) -> Result<(State, Diagnostics), Diagnostics> {
        let wire = reading.document.as_ref().map(Wire::read).unwrap_or_default();
        let named = reading.document.as_ref().and_then(with_ids).map(|document| Reading {
            document: Some(document),
            trees: Vec::new(),
            files: reading.files.clone(),
            found: reading.found.clone(),
        });
        let (model, found) = partner_model::read(named.as_ref().unwrap_or(reading), module)?;
        Ok((State { model, wire }, found))
    }
}

/// The document with an id for each operation that has none; nothing when all have one.
fn with_ids(document: &Document) -> Option<Document> {
    let has_id = |operation: &Node| operation.str("operationId").is_some_and(is_nameable);
    let operations = |item: &Node| METHODS.iter().filter_map(|method| item.get(method)).any(|o| !has_id(o));
    if !document.root.entries("paths").any(|path| operations(&path.node)) {
        return None;
    }
    let mut document = document.clone();
    let paths = document.root.get_mut("paths").and_then(Node::as_object_mut)?;
    for path in paths.iter_mut() {
        for method in METHODS {
            let Some(operation) = path.node.get_mut(method).filter(|operation| !has_id(operation)) else {
                continue;
            };
            let id = format!("{method} {}", without_names(&path.key).replace('{', "by"));
            let id = Node::string(id, &operation.location);
            operation.set("operationId", id);
        }
    }
    Some(document)
}
