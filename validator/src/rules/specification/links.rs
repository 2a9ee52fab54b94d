//! Finds the operation to which a link refers.

use partner_spec::{Location, METHODS, Node};

use crate::model::{Model, Operation};

/// The target of a link: an operation.
#[derive(PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// The link leads to the operation at this location.
    Operation(&'a Location),
    /// The link leads to an operation of another document, which is not checked.
    Elsewhere,
    /// The link names no operation, or one that does not exist.
    Nothing,
}

/// Finds the target of a link by its `operationId` or `operationRef`.
pub(super) fn target<'a>(link: &Node, model: &Model<'a>) -> Target<'a> {
    if let Some(id) = link.str("operationId") {
        return model.operation(id).map_or(Target::Nothing, |node| Target::Operation(&node.location));
    }
    let Some(reference) = link.str("operationRef") else { return Target::Nothing };
    let Some(pointer) = reference.strip_prefix('#') else { return Target::Elsewhere };
    let method = pointer.rsplit('/').next().unwrap_or_default();
    // An `operationRef` is a URL, so the braces of a path may be percent-encoded.
    let plain = pointer.replace("%7B", "{").replace("%7b", "{").replace("%7D", "}").replace("%7d", "}");
    match model.root.pointer(&plain) {
        Some(node) if METHODS.contains(&method) => Target::Operation(&node.location),
        _ => Target::Nothing,
    }
}

/// Returns the operation to which a link leads, if the operation is in the paths of the document.
pub(super) fn operation<'m, 'a>(link: &Node, model: &'m Model<'a>) -> Option<&'m Operation<'a>> {
    let Target::Operation(location) = target(link, model) else { return None };
    model.operation_at(location)
}
