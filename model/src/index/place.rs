//! One object of the specification, and where it is in the document.

use partner_spec::{Kind, Location, Node};

/// The number of a place within its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub(super) usize);

/// An object of the specification where it is used.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Its number.
    pub id: PlaceId,
    /// Which object of the specification it is.
    pub kind: Kind,
    /// The object itself, or the `$ref` that stands for it.
    pub node: &'a Node,
    /// The key of the holding object that it is under: `properties`, `schema`, `responses`, ...
    pub field: &'a str,
    /// Its name where it is one of a map: the property, the status code, the media type, the path, ...
    pub name: Option<&'a str>,
    /// Where the name stands, or the field's key, or the object itself where it is one of a list.
    pub key_location: &'a Location,
    /// The object that holds it.
    pub parent: Option<PlaceId>,
}

impl<'a> Place<'a> {
    /// Whether it is only a `$ref` to the object.
    pub fn is_reference(&self) -> bool {
        self.kind.can_be_reference() && self.node.get("$ref").is_some()
    }

    /// How messages call a schema: by the name that it stands under.
    pub fn title(&self) -> String {
        match (self.field, self.name) {
            ("schemas" | "properties", Some(name)) => format!("`{name}`"),
            ("items", _) => String::from("the schema of these items"),
            _ => String::from("this schema"),
        }
    }

    /// Where it is pointed at when it is meant as a whole: by its first line.
    pub fn start(&self) -> Location {
        self.node.location.to_start()
    }

    /// Where a key of it stands; the object's start when it does not have the key.
    pub fn key(&self, key: &str) -> Location {
        let entry = self.node.as_object().and_then(|object| object.entry(key));
        entry.map_or_else(|| self.start(), |entry| entry.key_location.clone())
    }
}
