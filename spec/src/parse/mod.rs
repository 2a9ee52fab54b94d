//! From the text of one file to nodes with places.
//!
//! JSON has a reader of its own, because YAML's does not know its escapes for characters beyond the basic plane; YAML
//! is scanned by saphyr. What is ours is the tree, the places, and the refusals: duplicate keys, several documents in
//! a file, tags that change meaning, nesting and alias expansion without end.

mod json;
mod tabs;
mod tree;
mod yaml;

use std::sync::Arc;

use crate::rules::syntax;
use crate::scalar::Ambiguous;
use crate::{Diagnostic, Diagnostics, Location, Node, Position, Source};

/// What reading one file gave.
pub(crate) struct Parsed {
    /// The tree; nothing when nothing of the file can be trusted.
    pub(crate) tree: Option<Node>,
    /// Everything that is wrong with the syntax.
    pub(crate) found: Diagnostics,
    /// Values and keys that other readers take for something else.
    pub(crate) ambiguous: Vec<Ambiguous>,
}

/// Reads one file that has to be right.
///
/// # Errors
///
/// Everything that is wrong with its syntax. Duplicate keys and the like are all reported; after a syntax error
/// nothing else of the file can be trusted, so that one stands alone.
pub fn parse(source: &Arc<Source>) -> Result<Node, Diagnostics> {
    let Parsed { tree, found, .. } = read(source);
    match tree {
        Some(tree) => found.into_result(tree),
        None => Err(found),
    }
}

/// Reads one file as far as it can be read.
pub(crate) fn read(source: &Arc<Source>) -> Parsed {
    if !source.text.trim_start().starts_with(['{', '[']) {
        return yaml::read(source);
    }
    match json::read(source) {
        Ok(parsed) => parsed,
        // YAML in braces is no JSON, but a file that is called JSON should be.
        Err(fault) if source.name.ends_with(".json") => {
            let mut parsed = yaml::read(source);
            // What is neither has one finding.
            let mut found = parsed.tree.as_ref().map_or_else(Diagnostics::new, |_| parsed.found);
            found.push(fault.into_diagnostic(source));
            parsed.found = found.sorted();
            parsed
        }
        Err(_) => yaml::read(source),
    }
}

/// Why a text is no JSON.
struct Fault {
    at: Position,
    expected: &'static str,
}

impl Fault {
    fn into_diagnostic(self, source: &Arc<Source>) -> Diagnostic {
        let location = Location { source: Arc::clone(source), start: self.at, end: self.at };
        syntax::report(&location, format!("not valid JSON: {} was expected here", self.expected))
            .help("look at the quotes, commas and brackets of this line and the one before")
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
