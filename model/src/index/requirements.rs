//! Security schemes and security requirements.

use partner_spec::{Entry, Node, ObjectKind};

use super::objects::DocumentIndex;

/// Iterates over the entries of all security requirements of the document and its operations. The key of an entry is
/// the name of a security scheme.
pub fn list_security_requirement_entries<'a>(index: &DocumentIndex<'a>) -> impl Iterator<Item = &'a Entry> {
    let lists = std::iter::once(index.root)
        .chain(index.object_places_of_kind(ObjectKind::Operation).map(|place| place.node));
    let requirements = lists.flat_map(|holder| holder.get_items("security"));
    requirements.filter_map(Node::as_object).flat_map(|requirement| requirement.iter())
}

/// Iterates over the entries of `securitySchemes`. The node of an entry is a security scheme or a reference to one.
pub fn list_security_scheme_entries<'a>(index: &DocumentIndex<'a>) -> impl Iterator<Item = &'a Entry> {
    index.root.get("components").into_iter().flat_map(|components| components.get_entries("securitySchemes"))
}

/// Returns the security scheme with this name. References are resolved.
pub fn find_security_scheme<'a>(index: &DocumentIndex<'a>, name: &str) -> Option<&'a Node> {
    let scheme = index.root.get("components")?.get("securitySchemes")?.get(name)?;
    index.resolve_reference(scheme)
}
