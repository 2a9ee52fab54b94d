//! Parses the text of one file into nodes with locations.
//!
//! There are separate parsers for JSON and YAML, because saphyr, the YAML parser, does not support JSON's escapes for
//! characters beyond the basic plane. This crate builds the trees with their locations, and refuses duplicate keys,
//! several documents in a file, tags that change the meaning of a value, and excessive nesting or alias expansion.

mod json;
mod tabs;
mod tree;
mod yaml;

use std::sync::Arc;

use crate::rules::syntax;
use crate::scalar::AmbiguousScalar;
use crate::{Finding, Findings, Location, Node, Position, Source};

/// The result of parsing one file.
pub(crate) struct ParsedFile {
    /// The tree; `None` after an error from which the parser cannot recover.
    pub(crate) tree: Option<Node>,
    /// The findings about the syntax.
    pub(crate) findings: Findings,
    /// Unquoted values and keys that YAML 1.1 readers interpret differently.
    pub(crate) ambiguous_scalars: Vec<AmbiguousScalar>,
}

/// Parses one file, and fails if there are findings about its syntax.
///
/// # Errors
///
/// All findings about the syntax, like duplicate keys; or a single syntax error, after which the rest of the file is
/// not parsed.
pub fn parse_source(source: &Arc<Source>) -> Result<Node, Findings> {
    let ParsedFile { tree, findings, .. } = parse_with_findings(source);
    match tree {
        Some(tree) => findings.into_result(tree),
        None => Err(findings),
    }
}

/// Parses one file as far as possible, and returns the tree with the findings about its syntax.
pub(crate) fn parse_with_findings(source: &Arc<Source>) -> ParsedFile {
    if !source.text.trim_start().starts_with(['{', '[']) {
        return yaml::parse(source);
    }
    match json::parse(source) {
        Ok(parsed) => parsed,
        // A `.json` file must be JSON, so the JSON error is reported. Other files that start with a bracket may be YAML
        // (`{a: b}`).
        Err(error) if source.display_path.ends_with(".json") => {
            let mut parsed = yaml::parse(source);
            // The findings of the YAML parser are kept only if the file is YAML; otherwise the error about JSON is
            // reported alone.
            let mut found = parsed.tree.as_ref().map_or_else(Findings::new, |_| parsed.findings);
            found.push(error.into_finding(source));
            parsed.findings = found.into_sorted_and_deduplicated();
            parsed
        }
        Err(_) => yaml::parse(source),
    }
}

/// The reason why a text is not JSON.
struct JsonError {
    at: Position,
    expected: &'static str,
}

impl JsonError {
    fn into_finding(self, source: &Arc<Source>) -> Finding {
        let location = Location { source: Arc::clone(source), start: self.at, end: self.at };
        syntax::new_finding(&location, format!("not valid JSON: {} was expected here", self.expected))
            .with_help("look at the quotes, commas and brackets of this line and the one before")
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
