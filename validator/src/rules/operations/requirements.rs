//! Security schemes, and where they are required.

use partner_spec::{Entry, Kind, Node};

use crate::model::Model;

/// Each security scheme that the document or an operation requires, where it names it.
pub(super) fn all<'a>(model: &Model<'a>) -> impl Iterator<Item = &'a Entry> {
    let lists = std::iter::once(model.root).chain(model.each(Kind::Operation).map(|place| place.node));
    let requirements = lists.flat_map(|holder| holder.items("security"));
    requirements.filter_map(Node::as_object).flat_map(|requirement| requirement.iter())
}

/// The security schemes of the document.
pub(super) fn schemes<'a>(model: &Model<'a>) -> impl Iterator<Item = &'a Entry> {
    model.root.get("components").into_iter().flat_map(|components| components.entries("securitySchemes"))
}

/// The security scheme with that name.
pub(super) fn scheme<'a>(model: &Model<'a>, name: &str) -> Option<&'a Node> {
    let scheme = model.root.get("components")?.get("securitySchemes")?.get(name)?;
    model.resolve(scheme)
}
