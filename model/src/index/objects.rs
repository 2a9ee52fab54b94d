//! The index of a document: its objects by kind, and its operations.

use std::collections::HashMap;

use partner_spec::{Document, HTTP_METHODS, Location, Node, ObjectKind, Position};

use super::operation::{self, Operation};
use super::place::{Place, PlaceId};
use super::walk;

/// An index of a document: its objects by kind, and its operations.
pub struct DocumentIndex<'a> {
    /// The document's root: its OpenAPI object.
    pub root: &'a Node,
    /// All objects of the OpenAPI document with their places, outer objects first.
    places: Vec<Place<'a>>,
    place_ids_by_kind: HashMap<ObjectKind, Vec<PlaceId>>,
    /// For each kind of object, the ids of the places in the document at which an object of this kind is written.
    /// Places that have only a `$ref` to an object are left out.
    object_place_ids_by_kind: HashMap<ObjectKind, Vec<PlaceId>>,
    operations: Vec<Operation<'a>>,
    /// The operation objects by `operationId`, including those of callbacks.
    operation_nodes_by_id: HashMap<&'a str, &'a Node>,
    /// The indices of operations in the list `operations`. The key is the location at which an operation of `paths`
    /// starts: the file, and the position in this file.
    operation_indices_by_location: HashMap<(&'a str, Position), usize>,
}

impl<'a> DocumentIndex<'a> {
    /// Indexes a document.
    pub fn new(document: &'a Document) -> DocumentIndex<'a> {
        let places = walk::collect_places(&document.root);
        let (mut place_ids_by_kind, mut object_place_ids_by_kind): (
            HashMap<ObjectKind, Vec<PlaceId>>,
            HashMap<ObjectKind, Vec<PlaceId>>,
        ) = Default::default();
        for place in &places {
            place_ids_by_kind.entry(place.kind).or_default().push(place.id);
            if !place.is_reference() {
                object_place_ids_by_kind.entry(place.kind).or_default().push(place.id);
            }
        }
        let operations = operation::find_operations(&places, &document.root);
        let mut ids = HashMap::new();
        for place in
            place_ids_by_kind.get(&ObjectKind::Operation).into_iter().flatten().map(|id| &places[id.0])
        {
            if let Some(id) = place.node.get_str("operationId") {
                ids.entry(id).or_insert(place.node);
            }
        }
        let mut operation_indices_by_location = HashMap::new();
        for (index, operation) in operations.iter().enumerate() {
            let location = &operation.place.node.location;
            operation_indices_by_location.entry((location.display_path(), location.start)).or_insert(index);
        }
        DocumentIndex {
            root: &document.root,
            places,
            place_ids_by_kind,
            object_place_ids_by_kind,
            operations,
            operation_nodes_by_id: ids,
            operation_indices_by_location,
        }
    }

    /// Iterates over the places in the document that contain an object of this kind, such as a parameter. The order is
    /// that of the document. Places that contain only a `$ref` to an object are left out.
    pub fn object_places_of_kind(&self, kind: ObjectKind) -> impl Iterator<Item = &Place<'a>> {
        self.object_place_ids_by_kind.get(&kind).into_iter().flatten().map(|id| self.place(*id))
    }

    /// Iterates over the places in the document that contain an object of this kind, or only a `$ref` to such an
    /// object.
    pub fn places_of_kind(&self, kind: ObjectKind) -> impl Iterator<Item = &Place<'a>> {
        self.place_ids_by_kind.get(&kind).into_iter().flatten().map(|id| self.place(*id))
    }

    /// Returns the [`Place`] of each object in the OpenAPI document. The place of an object comes before the places of
    /// the objects inside it.
    pub fn places(&self) -> &[Place<'a>] {
        &self.places
    }

    /// Returns the operations of `paths`, in the order of the document. Those of callbacks are not included.
    pub fn operations(&self) -> &[Operation<'a>] {
        &self.operations
    }

    /// Returns the operations of `paths`. Operations of the same path are in the order in which the specification lists
    /// the HTTP methods.
    pub fn operations_in_method_order(&self) -> Vec<&Operation<'a>> {
        let mut operations: Vec<_> = self.operations.iter().collect();
        for path in operations.chunk_by_mut(|a, b| a.path_template == b.path_template) {
            path.sort_by_key(|operation| HTTP_METHODS.iter().position(|method| *method == operation.method));
        }
        operations
    }

    /// Returns the first operation object with this `operationId`. Operations of callbacks are included.
    pub fn find_operation_node(&self, id: &str) -> Option<&'a Node> {
        self.operation_nodes_by_id.get(id).copied()
    }

    /// Returns the operation of `paths` that starts at this location.
    pub fn find_operation_at(&self, location: &Location) -> Option<&Operation<'a>> {
        let index = self.operation_indices_by_location.get(&(location.display_path(), location.start))?;
        self.operations.get(*index)
    }

    /// Returns the place with this id.
    pub fn place(&self, id: PlaceId) -> &Place<'a> {
        &self.places[id.0]
    }

    /// Returns the place of the object that directly contains the object at `place`; `None` for the root of the
    /// document.
    pub fn find_parent_place(&self, place: &Place<'a>) -> Option<&Place<'a>> {
        place.parent_id.map(|id| self.place(id))
    }

    /// Iterates over the [`Place`]s of the objects around the object at `place`, from the innermost to the outermost.
    pub fn ancestors<'m>(
        &'m self,
        place: &'m Place<'a>,
    ) -> impl Iterator<Item = &'m Place<'a>> + use<'m, 'a> {
        std::iter::successors(self.find_parent_place(place), |place| self.find_parent_place(place))
    }

    /// Returns the target if `node` is a reference, otherwise `node` itself; `None` if the target does not exist.
    ///
    /// Only one reference is followed, because references to references were replaced when the document was read.
    pub fn resolve_reference(&self, node: &'a Node) -> Option<&'a Node> {
        node.resolve_reference(self.root)
    }

    /// Returns the schema of `components` with this name.
    pub fn find_component_schema(&self, name: &str) -> Option<&'a Node> {
        self.root.get("components")?.get("schemas")?.get(name)
    }
}
