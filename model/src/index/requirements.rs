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

/// The scheme that the client's key is for: the first key in a header that an operation requires, else the first one that
/// is declared.
pub fn key<'a>(index: &Index<'a>) -> Option<&'a Entry> {
    let is_key = |scheme: &&Entry| {
        let node = index.resolve(&scheme.node);
        node.is_some_and(|node| node.str("type") == Some("apiKey") && node.str("in") == Some("header"))
    };
    let required = index.operations().iter().flat_map(|operation| operation.security());
    let required = required.filter_map(Node::as_object).flat_map(|requirement| requirement.iter());
    let mut required = required.filter_map(|name| schemes(index).find(|scheme| scheme.key == name.key));
    required.find(is_key).or_else(|| schemes(index).find(is_key))
}
