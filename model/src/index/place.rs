//! Defines [`Place`]: an object of an OpenAPI document (an operation, a parameter, a schema …), and where it is in the
//! document.

use partner_spec::{Location, Node, ObjectKind};

/// The id of a [`Place`], which is its index in the list of all places of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub(super) usize);

/// The place of an object in the document, with the object itself. The object is one of those that the OpenAPI
/// specification defines: an operation, a parameter, a schema, ...
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The id that identifies this place in its document.
    pub id: PlaceId,
    /// The kind of the object in the OpenAPI specification, such as an operation or a schema.
    pub kind: ObjectKind,
    /// The object itself, or a node with a `$ref` to it.
    pub node: &'a Node,
    /// The key in the containing object under which this object is found: `properties`, `schema`, `responses`, ...
    pub key_in_parent: &'a str,
    /// The key under which the object is found in a map: the name of a property, a status code, a media type, a path,
    /// ... `None` if the object is not an entry of a map.
    pub map_key: Option<&'a str>,
    /// The location of the key under which the object is found: of `map_key`, or of `key_in_parent` if `map_key` is
    /// `None`. If the object is an item of a list, this is the location of the item.
    pub key_location: &'a Location,
    /// The id of the place at which the containing object is. `None` if this object is the root of the document.
    pub parent_id: Option<PlaceId>,
}

impl<'a> Place<'a> {
    /// Whether this place in the document has a reference (`$ref`) to an object, instead of the object itself.
    pub fn is_reference(&self) -> bool {
        self.kind.can_be_reference() && self.node.get("$ref").is_some()
    }

    /// Returns a name for the schema in messages: the name of its component or property if it has one, otherwise a
    /// description like `this schema`.
    pub fn schema_display_name(&self) -> String {
        match (self.key_in_parent, self.map_key) {
            ("schemas" | "properties", Some(name)) => format!("`{name}`"),
            ("items", _) => String::from("the schema of these items"),
            _ => String::from("this schema"),
        }
    }

    /// Returns the location of the start of the object. Findings about the whole object have this location.
    pub fn start_location(&self) -> Location {
        self.node.location.collapse_to_start()
    }

    /// Returns the location of a key of the object. If the object does not have the key, returns the start of the
    /// object.
    pub fn location_of_key_or_start(&self, key: &str) -> Location {
        let entry = self.node.as_object().and_then(|object| object.entry(key));
        entry.map_or_else(|| self.start_location(), |entry| entry.key_location.clone())
    }
}
