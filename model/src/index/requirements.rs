//! Security schemes and security requirements.

use partner_spec::{Entry, Node, ObjectKind};

use super::objects::Index;

/// Iterates over the entries of all security requirements of the document and its operations. The key of an entry is
/// the name of a security scheme.
pub fn requirement_entries<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a Entry> {
    let lists =
        std::iter::once(index.root).chain(index.objects(ObjectKind::Operation).map(|place| place.node));
    let requirements = lists.flat_map(|holder| holder.items("security"));
    requirements.filter_map(Node::as_object).flat_map(|requirement| requirement.iter())
}

/// Iterates over the security schemes of the document, which may be references.
pub fn declared_schemes<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a Entry> {
    index.root.get("components").into_iter().flat_map(|components| components.entries("securitySchemes"))
}

/// Returns the security scheme with this name, with a reference resolved.
pub fn find_scheme<'a>(index: &Index<'a>, name: &str) -> Option<&'a Node> {
    let scheme = index.root.get("components")?.get("securitySchemes")?.get(name)?;
    index.resolve(scheme)
}
