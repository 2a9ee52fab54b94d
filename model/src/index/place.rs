//! Objects of the specification, with their positions in the document.

use partner_spec::{Kind, Location, Node};

/// The number of an object in its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub(super) usize);

/// An object of the specification, with its position in the document.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The number of the object.
    pub id: PlaceId,
    /// The kind of the object.
    pub kind: Kind,
    /// The object itself, or the `$ref` that stands for it.
    pub node: &'a Node,
    /// The key in the containing object: `properties`, `schema`, `responses`, ...
    pub field: &'a str,
    /// The name, if the object is an entry of a map: the property, the status code, the media type, the path, ...
    pub name: Option<&'a str>,
    /// The location of the name, or else of the key in the containing object; of the object itself if it is an item
    /// of a list.
    pub key_location: &'a Location,
    /// The containing object.
    pub parent: Option<PlaceId>,
}

impl<'a> Place<'a> {
    /// Whether this is only a `$ref` to an object.
    pub fn is_reference(&self) -> bool {
        self.kind.can_be_reference() && self.node.get("$ref").is_some()
    }

    /// Returns the name of a schema for messages.
    pub fn title(&self) -> String {
        match (self.field, self.name) {
            ("schemas" | "properties", Some(name)) => format!("`{name}`"),
            ("items", _) => String::from("the schema of these items"),
            _ => String::from("this schema"),
        }
    }

    /// Returns the location for findings about the object as a whole: its start.
    pub fn start(&self) -> Location {
        self.node.location.to_start()
    }

    /// Returns the location of a key; the start of the object if it does not have the key.
    pub fn key(&self, key: &str) -> Location {
        let entry = self.node.as_object().and_then(|object| object.entry(key));
        entry.map_or_else(|| self.start(), |entry| entry.key_location.clone())
    }
}
