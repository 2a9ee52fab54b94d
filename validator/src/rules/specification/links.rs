//! Finds the operation to which a link refers.

use partner_spec::{Location, METHODS, Node};

use crate::model::{Model, Operation};

/// The operation to which a link refers.
#[derive(PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// The operation at this location.
    Operation(&'a Location),
    /// An operation of another document, which is not checked.
    Elsewhere,
    /// The link has no operation, or one that does not exist.
    Nothing,
}

/// Resolves a link that has either `operationId` or `operationRef`.
pub(super) fn target<'a>(link: &Node, model: &Model<'a>) -> Target<'a> {
    if let Some(id) = link.str("operationId") {
        return model.operation(id).map_or(Target::Nothing, |node| Target::Operation(&node.location));
    }
    let Some(reference) = link.str("operationRef") else { return Target::Nothing };
    let Some(pointer) = reference.strip_prefix('#') else { return Target::Elsewhere };
    let method = pointer.rsplit('/').next().unwrap_or_default();
    // In a URL, the braces of a path may be percent-encoded.
    let plain = pointer.replace("%7B", "{").replace("%7b", "{").replace("%7D", "}").replace("%7d", "}");
    match model.root.pointer(&plain) {
        Some(node) if METHODS.contains(&method) => Target::Operation(&node.location),
        _ => Target::Nothing,
    }
}

/// The operation of a link, if it is in the paths of the document.
pub(super) fn operation<'m, 'a>(link: &Node, model: &'m Model<'a>) -> Option<&'m Operation<'a>> {
    let Target::Operation(location) = target(link, model) else { return None };
    model.operation_at(location)
}
