//! Finds the operation to which a link refers.

use partner_spec::{HTTP_METHODS, Location, Node};

use crate::model::{Model, Operation};

/// The target of an OpenAPI link object. A link should lead to an operation.
#[derive(PartialEq, Eq)]
pub(super) enum LinkTarget<'a> {
    /// The link leads to the operation at this location.
    OperationAt(&'a Location),
    /// The link leads to an operation of another document. Whether this operation exists is not checked.
    OperationInOtherDocument,
    /// The link contains no reference to an operation, or the operation does not exist.
    MissingOperation,
}

/// Finds the target of a link through the `operationId` or `operationRef` of the link.
pub(super) fn find_link_target<'a>(link: &Node, model: &Model<'a>) -> LinkTarget<'a> {
    if let Some(id) = link.get_str("operationId") {
        return model
            .find_operation_node(id)
            .map_or(LinkTarget::MissingOperation, |node| LinkTarget::OperationAt(&node.location));
    }
    let Some(reference) = link.get_str("operationRef") else { return LinkTarget::MissingOperation };
    let Some(pointer) = reference.strip_prefix('#') else { return LinkTarget::OperationInOtherDocument };
    let method = pointer.rsplit('/').next().unwrap_or_default();
    // An `operationRef` is a URL, so the braces of a path template like `/users/{id}` may be percent-encoded in it.
    // They are decoded here.
    let decoded_pointer =
        pointer.replace("%7B", "{").replace("%7b", "{").replace("%7D", "}").replace("%7d", "}");
    match model.root.pointer(&decoded_pointer) {
        Some(node) if HTTP_METHODS.contains(&method) => LinkTarget::OperationAt(&node.location),
        _ => LinkTarget::MissingOperation,
    }
}

/// Returns the operation to which a link leads. `None` if no such operation exists, or if it is not in the `paths` of
/// the document.
pub(super) fn find_linked_operation<'m, 'a>(link: &Node, model: &'m Model<'a>) -> Option<&'m Operation<'a>> {
    let LinkTarget::OperationAt(location) = find_link_target(link, model) else { return None };
    model.find_operation_at(location)
}
