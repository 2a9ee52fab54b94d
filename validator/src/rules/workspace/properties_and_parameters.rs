//! Lists the properties and the parameters of a document.

use partner_spec::{Location, Node, ObjectKind};

use crate::model::Model;

/// A property of a schema, or a parameter.
pub(super) struct PropertyOrParameter<'a> {
    /// The name of the property or parameter.
    pub(super) name: &'a str,
    /// The location of the property's or parameter's name.
    pub(super) name_location: &'a Location,
    /// The node of the property or parameter itself: a schema (or a reference to one) for a property, and a parameter
    /// object for a parameter.
    pub(super) declaring_node: &'a Node,
    /// The schema of the property or parameter. If the document has a reference there, or an `allOf` with a single
    /// member, this field has the schema to which the reference or the member leads.
    pub(super) schema: &'a Node,
    /// For a parameter, the value of its key `in`, like `query`. `None` for a property.
    pub(super) parameter_place: Option<&'a str>,
}

/// Iterates over all properties, in the order of the document.
pub(super) fn list_properties<'m, 'a>(
    model: &'m Model<'a>,
) -> impl Iterator<Item = PropertyOrParameter<'a>> + use<'m, 'a> {
    let properties =
        model.places_of_kind(ObjectKind::Schema).filter(|place| place.key_in_parent == "properties");
    properties.filter_map(|place| {
        let (name, name_location, node) = (place.map_key?, place.key_location, place.node);
        Some(PropertyOrParameter {
            name,
            name_location,
            declaring_node: node,
            schema: follow_references_and_single_member_all_ofs(model, node)?,
            parameter_place: None,
        })
    })
}

/// Iterates over all parameters, in the order of the document.
pub(super) fn list_parameters<'m, 'a>(
    model: &'m Model<'a>,
) -> impl Iterator<Item = PropertyOrParameter<'a>> + use<'m, 'a> {
    model.object_places_of_kind(ObjectKind::Parameter).filter_map(|place| {
        let name = place.node.get("name")?;
        let schema = follow_references_and_single_member_all_ofs(model, place.node.get("schema")?)?;
        let (name, name_location) = (name.as_str()?, &name.location);
        Some(PropertyOrParameter {
            name,
            name_location,
            declaring_node: place.node,
            schema,
            parameter_place: place.node.get_str("in"),
        })
    })
}

/// Follows the references and the `allOf`s with a single member that begin at a schema, and returns the schema at the
/// end; `None` if a reference cannot be resolved. An `allOf` with a single member is usually there to add a description
/// to a reference.
fn follow_references_and_single_member_all_ofs<'a>(model: &Model<'a>, schema: &'a Node) -> Option<&'a Node> {
    let mut schema = model.resolve_reference(schema)?;
    // At most four levels of `allOf` are followed. More levels are unusual, and circular ones would never end.
    for _ in 0..4 {
        match schema.get_items("allOf") {
            [only] if schema.get("type").is_none() && schema.get("properties").is_none() => {
                schema = model.resolve_reference(only)?;
            }
            _ => break,
        }
    }
    Some(schema)
}
