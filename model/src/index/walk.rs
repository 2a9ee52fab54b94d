//! Finds all objects of a document. [`ObjectKind::value_kind`] tells which keys of an object contain other objects.

use partner_spec::{Location, Node, ObjectKind, Value, ValueKind};

use super::place::{Place, PlaceId};

/// Returns a [`Place`] for each object of a document that the OpenAPI specification defines. An outer object comes
/// before the objects in it, so the first place is that of the root.
pub(super) fn collect_places(root: &Node) -> Vec<Place<'_>> {
    let mut walker = Walker { places: Vec::new() };
    walker.visit(
        root,
        ObjectKind::OpenApi,
        PositionInParent { key_in_parent: "", map_key: None, key_location: &root.location, parent_id: None },
    );
    walker.places
}

struct Walker<'a> {
    places: Vec<Place<'a>>,
}

/// The position of an object inside its parent, which is the object that contains it.
#[derive(Clone, Copy)]
struct PositionInParent<'a> {
    key_in_parent: &'a str,
    map_key: Option<&'a str>,
    key_location: &'a Location,
    parent_id: Option<PlaceId>,
}

impl<'a> Walker<'a> {
    fn visit(&mut self, node: &'a Node, kind: ObjectKind, origin: PositionInParent<'a>) {
        let Some(object) = node.as_object() else { return };
        let id = PlaceId(self.places.len());
        let PositionInParent { key_in_parent, map_key, key_location, parent_id: parent } = origin;
        let place = Place { id, kind, node, key_in_parent, map_key, key_location, parent_id: parent };
        self.places.push(place);
        if place.is_reference() {
            return;
        }
        for entry in object.iter() {
            let Some(holds) = kind.value_kind(&entry.key) else { continue };
            // Objects of these kinds are maps: the author of the document chooses their keys, e.g. paths or statuses.
            // Only the values of maps have a `map_key`: the key of the value in the map.
            let is_map = matches!(kind, ObjectKind::Paths | ObjectKind::Responses | ObjectKind::Callback);
            let map_key = is_map.then_some(entry.key.as_str());
            let origin = PositionInParent {
                key_in_parent: &entry.key,
                map_key,
                key_location: &entry.key_location,
                parent_id: Some(id),
            };
            self.visit_field(&entry.node, holds, origin);
        }
    }

    fn visit_field(&mut self, node: &'a Node, holds: ValueKind, origin: PositionInParent<'a>) {
        match (holds, &node.value) {
            (ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind), _) => self.visit(node, kind, origin),
            (ValueKind::ObjectList(kind), Value::Array(items)) => {
                for item in items {
                    self.visit(item, kind, PositionInParent { key_location: &item.location, ..origin });
                }
            }
            (ValueKind::ObjectMap(kind), Value::Object(object)) => {
                for entry in object.iter() {
                    let map_key = Some(entry.key.as_str());
                    self.visit(
                        &entry.node,
                        kind,
                        PositionInParent { map_key, key_location: &entry.key_location, ..origin },
                    );
                }
            }
            _ => {}
        }
    }
}
