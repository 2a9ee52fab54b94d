//! Finds every object of a document, with the help of a table of the specification's keys and the kinds of their
//! objects.

use partner_spec::{Location, Node, ObjectKind, Value, ValueKind};

use super::place::{Place, PlaceId};

/// Returns the places of all objects of a document, outer objects first. The first place is the root.
pub(super) fn collect_places(root: &Node) -> Vec<Place<'_>> {
    let mut walker = Walker { places: Vec::new() };
    walker.visit(
        root,
        ObjectKind::OpenApi,
        PositionInParent { key_in_parent: "", map_key: None, key_location: &root.location, parent: None },
    );
    walker.places
}

struct Walker<'a> {
    places: Vec<Place<'a>>,
}

/// The position of an object inside the object that contains it.
#[derive(Clone, Copy)]
struct PositionInParent<'a> {
    key_in_parent: &'a str,
    map_key: Option<&'a str>,
    key_location: &'a Location,
    parent: Option<PlaceId>,
}

impl<'a> Walker<'a> {
    fn visit(&mut self, node: &'a Node, kind: ObjectKind, origin: PositionInParent<'a>) {
        let Some(object) = node.as_object() else { return };
        let id = PlaceId(self.places.len());
        let PositionInParent { key_in_parent, map_key, key_location, parent } = origin;
        let place = Place { id, kind, node, key_in_parent, map_key, key_location, parent };
        self.places.push(place);
        if place.is_reference() {
            return;
        }
        for entry in object.iter() {
            let Some(holds) = kind.value_kind(&entry.key) else { continue };
            // Objects of these kinds are maps whose keys are chosen by the author of the document, like paths and
            // statuses. So a key is the map key of the object that is its value.
            let keys_are_names =
                matches!(kind, ObjectKind::Paths | ObjectKind::Responses | ObjectKind::Callback);
            let map_key = keys_are_names.then_some(entry.key.as_str());
            let origin = PositionInParent {
                key_in_parent: &entry.key,
                map_key,
                key_location: &entry.key_location,
                parent: Some(id),
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
