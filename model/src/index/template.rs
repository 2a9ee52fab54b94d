//! Path templates, and the differences between their placeholders and the path parameters of the operations.

use std::collections::{HashMap, HashSet, VecDeque};

use partner_spec::Node;

use super::operation::{Operation, Parameter};

/// The places that a parameter can have in a request: the possible values of its key `in`.
pub const PARAMETER_PLACES: [&str; 4] = ["path", "query", "header", "cookie"];

/// A piece of the template of a path or of a server's URL, like `/users/` or `{id}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplatePiece<'a> {
    /// The text before, between or after placeholders.
    Literal(&'a str),
    /// The name of a placeholder.
    Placeholder(&'a str),
}

/// Splits a template into its pieces. If the braces of the template are wrong, returns the pieces before the mistake,
/// and a description of the mistake.
pub fn split_template(template: &str) -> (Vec<TemplatePiece<'_>>, Option<&'static str>) {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        pieces.push(TemplatePiece::Literal(before));
        if rest[at..].starts_with('}') {
            return (pieces, Some("has a closing brace without an opening one"));
        }
        let named = after.split_once('}').filter(|(name, _)| !name.contains(['{', '/']));
        let Some((name, after)) = named else {
            return (pieces, Some("has an opening brace without a closing one"));
        };
        if name.trim().is_empty() {
            return (pieces, Some("has a placeholder without a name"));
        }
        pieces.push(TemplatePiece::Placeholder(name));
        rest = after;
    }
    pieces.push(TemplatePiece::Literal(rest));
    (pieces, None)
}

/// Returns the names of the placeholders in a template, in order, including duplicates.
pub fn list_placeholder_names(template: &str) -> Vec<&str> {
    let (pieces, _) = split_template(template);
    let name = |piece| match piece {
        TemplatePiece::Placeholder(name) => Some(name),
        TemplatePiece::Literal(_) => None,
    };
    pieces.into_iter().filter_map(name).collect()
}

/// Returns the names of the placeholders of a path, in order.
///
/// # Errors
///
/// Returns a description of the mistake if the path is malformed or contains the same placeholder twice.
pub fn parse_placeholder_names(path: &str) -> Result<Vec<&str>, String> {
    if let (_, Some(why)) = split_template(path) {
        return Err(why.to_owned());
    }
    let names = list_placeholder_names(path);
    let mut seen = HashSet::new();
    match names.iter().find(|name| !seen.insert(**name)) {
        Some(name) => Err(format!("has the placeholder `{{{name}}}` twice")),
        None => Ok(names),
    }
}

/// Returns a path template without its query and fragment, and without the names of its placeholders: `/users/{}` for
/// `/users/{id}?a=1`. If two paths have the same result, a server cannot distinguish them.
pub fn normalize_path_template(path: &str) -> String {
    let (pieces, _) = split_template(path.split(['?', '#']).next().unwrap_or_default());
    let plain = |piece| match piece {
        TemplatePiece::Literal(text) => text,
        TemplatePiece::Placeholder(_) => "{}",
    };
    pieces.into_iter().map(plain).collect()
}

/// The differences between the placeholders of a path and the path parameters of one of its operations.
#[derive(Default)]
pub struct PlaceholderDifferences<'a> {
    /// The placeholders that no path parameter fills. Each is paired with the parameter that was probably intended for
    /// it, if there is one.
    pub unmatched_placeholders: Vec<(&'a str, Option<Parameter<'a>>)>,
    /// The path parameters that fill no placeholder, and that `unmatched_placeholders` does not already pair with a
    /// placeholder.
    pub unused_parameters: Vec<Parameter<'a>>,
}

impl<'a> PlaceholderDifferences<'a> {
    /// Returns the differences between the placeholders of an operation's path and the parameters of the operation. The
    /// result is empty if the path is malformed.
    ///
    /// If a parameter of the operation is incomplete or is a reference without a target, it could be meant for any
    /// placeholder. In this case, no placeholders are returned as unmatched.
    pub fn from_operation(operation: &Operation<'a>) -> PlaceholderDifferences<'a> {
        // A path with a query or fragment has been reported by the rule `path-query`, so its placeholders are not
        // compared.
        let has_query_or_fragment = operation.path_template.contains(['?', '#']);
        let Some(placeholders) =
            parse_placeholder_names(operation.path_template).ok().filter(|_| !has_query_or_fragment)
        else {
            return PlaceholderDifferences::default();
        };
        let mut written = operation
            .path_item
            .get_items("parameters")
            .iter()
            .chain(operation.place.node.get_items("parameters"));
        let complete =
            written.all(|used| operation.resolve_reference(used).is_some_and(has_name_and_valid_in));
        let all = operation.effective_parameters();
        let declared: Vec<_> = all.iter().filter(|p| p.place == "path").copied().collect();
        let (filled, wanted): (HashSet<&str>, HashSet<&str>) =
            (declared.iter().map(|p| p.name).collect(), placeholders.iter().copied().collect());
        let unused: Vec<_> = declared.iter().filter(|p| !wanted.contains(p.name)).copied().collect();
        let absent = placeholders.into_iter().filter(|name| !filled.contains(name));
        let absent: Vec<_> = if complete { absent.collect() } else { Vec::new() };
        let single = absent.len() == 1 && unused.len() == 1;
        let mut similar: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (index, parameter) in unused.iter().enumerate() {
            let words = if single { String::new() } else { normalize_name(parameter.name) };
            similar.entry(words).or_default().push_back(index);
        }
        let mut elsewhere: HashMap<&str, Parameter<'_>> = HashMap::new();
        for parameter in &all {
            elsewhere.entry(parameter.name).or_insert(*parameter);
        }
        let mut meant = HashSet::new();
        let missing = absent.into_iter().map(|name| {
            let words = if single { String::new() } else { normalize_name(name) };
            let index = similar.get_mut(&words).and_then(VecDeque::pop_front);
            meant.extend(index);
            (name, index.map(|index| unused[index]).or_else(|| elsewhere.get(name).copied()))
        });
        let missing = missing.collect();
        let unused = unused.into_iter().enumerate().filter(|(index, _)| !meant.contains(index));
        PlaceholderDifferences {
            unmatched_placeholders: missing,
            unused_parameters: unused.map(|(_, parameter)| parameter).collect(),
        }
    }
}

/// Whether a parameter has a name and a valid `in`. A parameter that lacks one of the two was already reported as an
/// error, and may belong to any placeholder in the path.
fn has_name_and_valid_in(parameter: &Node) -> bool {
    let place = parameter.get_str("in");
    parameter.get_str("name").is_some() && place.is_some_and(|place| PARAMETER_PLACES.contains(&place))
}

/// Returns a name in lower case and without separators, so that `userId` and `user_id` become equal.
fn normalize_name(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}
