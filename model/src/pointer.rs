//! Texts of the document that name something else in it, each with its location.

use std::fmt;

use partner_spec::pointer::unescape;
use partner_spec::{Location, Node};

/// A text of the document, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub location: Location,
}

impl Word {
    /// The text of a node, when it is a string.
    pub(crate) fn read(node: &Node) -> Option<Word> {
        Some(Word { text: node.as_str()?.to_owned(), location: node.location.clone() })
    }
}

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
    pub(crate) fn parse(word: &Word) -> Option<Pointer> {
        let keys = match word.text.strip_prefix('/') {
            Some(rest) => rest.split('/').map(unescape).collect(),
            None if word.text.is_empty() => Vec::new(),
            None => return None,
        };
        Some(Pointer { text: word.text.clone(), keys, location: word.location.clone() })
    }
}
