//! Security schemes, and where they are required.

use partner_spec::{Entry, Kind, Node};

use super::objects::Index;

/// Each security scheme that the document or an operation requires, where it names it.
pub fn all<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a Entry> {
    let lists = std::iter::once(index.root).chain(index.each(Kind::Operation).map(|place| place.node));
    let requirements = lists.flat_map(|holder| holder.items("security"));
    requirements.filter_map(Node::as_object).flat_map(|requirement| requirement.iter())
}

/// The security schemes of the document.
pub fn schemes<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a Entry> {
    index.root.get("components").into_iter().flat_map(|components| components.entries("securitySchemes"))
}

/// The security scheme with that name.
pub fn scheme<'a>(index: &Index<'a>, name: &str) -> Option<&'a Node> {
    let scheme = index.root.get("components")?.get("securitySchemes")?.get(name)?;
    index.resolve(scheme)
}
