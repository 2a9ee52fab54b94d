//! Parses the text of one file into nodes with locations.
//!
//! JSON has its own parser, because saphyr, the YAML parser, does not support JSON's escapes for characters above
//! U+FFFF. This module builds the trees of both parsers. It refuses duplicate keys, several documents in a file, tags
//! that change the meaning of a value, excessive nesting, and excessive expansion of aliases.

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
    /// The tree of the file; `None` if an error ended the parsing, or if the file is empty.
    pub(crate) tree: Option<Node>,
    /// The findings about the syntax of the file.
    pub(crate) findings: Findings,
    /// The unquoted values and keys that YAML 1.1 readers and YAML 1.2 readers interpret differently.
    pub(crate) ambiguous_scalars: Vec<AmbiguousScalar>,
}

/// Parses one file, and fails if there are findings about its syntax.
///
/// # Errors
///
/// Returns all findings about the syntax, like duplicate keys. A syntax error ends the parsing, so the rest of the file
/// has no findings.
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
        return yaml::parse_yaml_text(source);
    }
    match json::parse_json_text(source) {
        Ok(parsed) => parsed,
        // A `.json` file must be JSON, so the JSON error is reported. Any other file may be YAML, even if it starts
        // with a bracket, like `{a: b}`.
        Err(error) if source.display_path.ends_with(".json") => {
            let mut parsed = yaml::parse_yaml_text(source);
            // The file is not valid JSON, which is always reported as an error. If the file can be read as YAML, the
            // findings of the YAML parser are returned as well.
            let mut findings = parsed.tree.as_ref().map_or_else(Findings::new, |_| parsed.findings);
            findings.push(error.into_finding(source));
            parsed.findings = findings.into_sorted_and_deduplicated();
            parsed
        }
        Err(_) => yaml::parse_yaml_text(source),
    }
}

/// A syntax error in a JSON text: the position of the error, and what was expected there.
struct JsonSyntaxError {
    at: Position,
    expected: &'static str,
}

impl JsonSyntaxError {
    fn into_finding(self, source: &Arc<Source>) -> Finding {
        let location = Location { source: Arc::clone(source), start: self.at, end: self.at };
        syntax::new_finding(&location, format!("not valid JSON: {} was expected here", self.expected))
            .with_help("look at the quotes, commas and brackets of this line and the one before")
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
