//! JSON pointers of the document, and the schemas that they name.

use std::fmt;

use partner_spec::Location;

use super::extension::Word;

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
}
