//! Strings of a document with their locations, and JSON pointers into responses.

use std::fmt;

use partner_spec::pointer::unescape_token;
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
    /// Reads a string and its location from a node; `None` if the node is not a string.
    pub(crate) fn from_node(node: &Node) -> Option<LocatedString> {
        Some(LocatedString { text: node.as_str()?.to_owned(), location: node.location.clone() })
    }
}

/// A JSON pointer into a response. If the response has an envelope (an object around its content), the pointer starts
/// at the content.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponsePointer {
    /// The text of the pointer.
    pub text: String,
    /// The keys of the pointer, like `a` and `b` for `/a/b`. A pointer without keys points to the whole content if the
    /// response has an envelope (an object around its content), and to the whole response if it has none.
    pub keys: Vec<String>,
    /// The location of the pointer in the OpenAPI document.
    pub location: Location,
}

/// The first missing key of a JSON pointer: the schema of the response has no such key.
#[derive(Debug, Clone, PartialEq)]
pub struct MissingPointerKey<'a> {
    /// The key that does not exist.
    pub missing_key: &'a str,
    /// The keys that the schema has in the place where it lacks `missing_key`.
    pub existing_keys: Vec<&'a str>,
}

impl fmt::Display for MissingPointerKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response has no `{}` in this place", self.missing_key)
    }
}

impl ResponsePointer {
    /// Parses a JSON pointer; `None` if the text is not a JSON pointer.
    pub(crate) fn parse(string: &LocatedString) -> Option<ResponsePointer> {
        let keys = match string.text.strip_prefix('/') {
            Some(rest) => rest.split('/').map(unescape_token).collect(),
            None if string.text.is_empty() => Vec::new(),
            None => return None,
        };
        Some(ResponsePointer { text: string.text.clone(), keys, location: string.location.clone() })
    }
}
