//! JSON pointers of the document, and the schemas that they name.

use std::fmt;

use partner_spec::{Location, Node};

use super::extension::Word;
use super::{Api, unwrapped};

/// A JSON pointer into an answer, inside its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointer {
    /// As written.
    pub text: String,
    /// The keys that it goes along; none for the answer as a whole.
    pub keys: Vec<String>,
    /// Where it is written.
    pub location: Location,
}

/// Where a pointer leaves what the schema describes.
#[derive(Debug, Clone, PartialEq)]
pub struct Lost<'a> {
    /// The key that is not there.
    pub key: &'a str,
    /// The keys that are.
    pub known: Vec<&'a str>,
}

impl fmt::Display for Lost<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer has no `{}` in this place", self.key)
    }
}

impl Pointer {
    /// Reads a pointer; nothing when it is none.
    pub(super) fn parse(word: &Word) -> Option<Pointer> {
        let keys = match word.text.strip_prefix('/') {
            Some(rest) => rest.split('/').map(|token| token.replace("~1", "/").replace("~0", "~")).collect(),
            None if word.text.is_empty() => Vec::new(),
            None => return None,
        };
        Some(Pointer { text: word.text.clone(), keys, location: word.location.clone() })
    }

    /// The schema of what it names in a value of a schema: a component itself, not the reference to it.
    ///
    /// # Errors
    ///
    /// The first key that the schema does not have.
    pub fn find<'a>(&'a self, schema: &'a Node, api: &'a Api) -> Result<&'a Node, Lost<'a>> {
        self.find_place(schema, api).map(|place| api.resolve(unwrapped(place)))
    }

    /// The same, as it stands in its place: a reference, when it is one.
    ///
    /// # Errors
    ///
    /// The first key that the schema does not have.
    pub fn find_place<'a>(&'a self, schema: &'a Node, api: &'a Api) -> Result<&'a Node, Lost<'a>> {
        let mut place = schema;
        for key in &self.keys {
            let node = api.resolve(unwrapped(place));
            place = node.get("properties").and_then(|properties| properties.get(key)).ok_or_else(|| {
                let known = node.entries("properties").map(|property| property.key.as_str()).collect();
                Lost { key, known }
            })?;
        }
        Ok(place)
    }
}
