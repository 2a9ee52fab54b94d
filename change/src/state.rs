//! The old or the new state of a document in a comparison.

use partner_model::Model;
use partner_model::names::can_become_identifier;
use partner_spec::{Document, Findings, HTTP_METHODS, Node, ReadResult};

use crate::pairs::remove_parameter_names;
use crate::wire::UnmodeledParts;

/// The old or the new state of a document in a comparison: its model, and the parts that the model does not contain.
#[derive(Debug)]
pub struct DocumentState {
    /// The model of the API.
    pub model: Model,
    pub(crate) unmodeled_parts: UnmodeledParts,
}

impl DocumentState {
    /// Builds a state from the result of reading a document. Every operation without an id gets one. Parts of the
    /// document that have errors are left out, and their errors are returned beside the state.
    ///
    /// # Errors
    ///
    /// The errors in the document, if no part of it can be used.
    pub fn from_read_result(
        reading: &ReadResult,
        api_name: &str,
    ) -> Result<(DocumentState, Findings), Findings> {
        let wire = reading.document.as_ref().map(UnmodeledParts::from_document).unwrap_or_default();
        let named = reading.document.as_ref().and_then(copy_with_operation_ids).map(|document| ReadResult {
            document: Some(document),
            unresolved_trees: Vec::new(),
            file_paths: reading.file_paths.clone(),
            findings: reading.findings.clone(),
        });
        let (model, found) = partner_model::read_model(named.as_ref().unwrap_or(reading), api_name)?;
        Ok((DocumentState { model, unmodeled_parts: wire }, found))
    }
}

/// Returns a copy of the document in which every operation has an id; `None` if all operations have ids already.
fn copy_with_operation_ids(document: &Document) -> Option<Document> {
    let has_id = |operation: &Node| operation.get_str("operationId").is_some_and(can_become_identifier);
    let has_operation_without_id =
        |item: &Node| HTTP_METHODS.iter().filter_map(|method| item.get(method)).any(|o| !has_id(o));
    if !document.root.get_entries("paths").any(|path| has_operation_without_id(&path.node)) {
        return None;
    }
    let mut document = document.clone();
    let paths = document.root.get_mut("paths").and_then(Node::as_object_mut)?;
    for path in paths.iter_mut() {
        for method in HTTP_METHODS {
            let Some(operation) = path.node.get_mut(method).filter(|operation| !has_id(operation)) else {
                continue;
            };
            let id = format!("{method} {}", remove_parameter_names(&path.key).replace('{', "by"));
            let id = Node::new_string(id, &operation.location);
            operation.set_value("operationId", id);
        }
    }
    Some(document)
}
