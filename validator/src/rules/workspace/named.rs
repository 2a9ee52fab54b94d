//! Values that have a name: properties of objects, and parameters.

use partner_spec::{Kind, Location, Node};

use crate::model::Model;

/// A property or a parameter.
pub(super) struct Named<'a> {
    /// The name of the property or parameter.
    pub(super) name: &'a str,
    /// The location of the name.
    pub(super) at: &'a Location,
    /// The schema of the property before resolving references, or the parameter object.
    pub(super) node: &'a Node,
    /// The schema of the value after resolving references.
    pub(super) schema: &'a Node,
    /// The `in` of a parameter; `None` for a property.
    pub(super) place: Option<&'a str>,
}

/// All properties, in the order of the document.
pub(super) fn properties<'m, 'a>(model: &'m Model<'a>) -> impl Iterator<Item = Named<'a>> + use<'m, 'a> {
    let properties = model.all(Kind::Schema).filter(|place| place.field == "properties");
    properties.filter_map(|place| {
        let (name, at, node) = (place.name?, place.key_location, place.node);
        Some(Named { name, at, node, schema: resolve_plain(model, node)?, place: None })
    })
}

/// All parameters, in the order of the document.
pub(super) fn parameters<'m, 'a>(model: &'m Model<'a>) -> impl Iterator<Item = Named<'a>> + use<'m, 'a> {
    model.each(Kind::Parameter).filter_map(|place| {
        let name = place.node.get("name")?;
        let schema = resolve_plain(model, place.node.get("schema")?)?;
        let (name, at) = (name.as_str()?, &name.location);
        Some(Named { name, at, node: place.node, schema, place: place.node.str("in") })
    })
}

/// Resolves references, and skips each `allOf` that only adds a description to a reference.
fn resolve_plain<'a>(model: &Model<'a>, schema: &'a Node) -> Option<&'a Node> {
    let mut schema = model.resolve(schema)?;
    // More nesting is unusual, and may be circular.
    for _ in 0..4 {
        match schema.items("allOf") {
            [only] if schema.get("type").is_none() && schema.get("properties").is_none() => {
                schema = model.resolve(only)?;
            }
            _ => break,
        }
    }
    Some(schema)
}
