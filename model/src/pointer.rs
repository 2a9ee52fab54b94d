//! The strings of a document that are kept with their locations, and the JSON pointers in such strings.

use std::fmt;

use partner_spec::pointer::unescape;
use partner_spec::{Location, Node};

/// A string of the document, with its location.
#[derive(Debug, Clone, PartialEq)]
pub struct LocatedString {
    /// The text.
    pub text: String,
    /// The location of the string.
    pub location: Location,
}

impl LocatedString {
    /// Reads a node that is a string; `None` if the node is not a string.
    pub(crate) fn read(node: &Node) -> Option<LocatedString> {
        Some(LocatedString { text: node.as_str()?.to_owned(), location: node.location.clone() })
    }
}

/// A JSON pointer into a response. If the response has an envelope (an object around its content), the pointer starts
/// at the content.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointer {
    /// The text of the pointer.
    pub text: String,
    /// The keys of the pointer, like `a` and `b` for `/a/b`. An empty list means the whole response.
    pub keys: Vec<String>,
    /// The location of the pointer.
    pub location: Location,
}

/// A key of a JSON pointer that the schema of the response does not have.
#[derive(Debug, Clone, PartialEq)]
pub struct MissingKey<'a> {
    /// The key of the pointer that the schema does not have.
    pub key: &'a str,
    /// The keys that the schema has instead.
    pub known_keys: Vec<&'a str>,
}

impl fmt::Display for MissingKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response has no `{}` in this place", self.key)
    }
}

impl Pointer {
    /// Parses a JSON pointer; `None` if the text is not a JSON pointer.
    pub(crate) fn parse(word: &LocatedString) -> Option<Pointer> {
        let keys = match word.text.strip_prefix('/') {
            Some(rest) => rest.split('/').map(unescape).collect(),
            None if word.text.is_empty() => Vec::new(),
            None => return None,
        };
        Some(Pointer { text: word.text.clone(), keys, location: word.location.clone() })
    }
}
