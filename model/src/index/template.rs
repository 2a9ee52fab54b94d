//! Path templates, and where they and the parameters of an operation disagree.

use std::collections::{HashMap, HashSet, VecDeque};

use partner_spec::Node;

use super::operation::{Operation, Parameter};

/// Where a parameter can be.
pub const PLACES: [&str; 4] = ["path", "query", "header", "cookie"];

/// A piece of a path, a server's URL or the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that stands for itself.
    Text(&'a str),
    /// The name of a placeholder.
    Name(&'a str),
}

/// The pieces of a template, and what is wrong with the braces from where on there are no pieces.
pub fn pieces(template: &str) -> (Vec<Piece<'_>>, Option<&'static str>) {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        pieces.push(Piece::Text(before));
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
        pieces.push(Piece::Name(name));
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    (pieces, None)
}

/// The names in braces, in order, twice when they are there twice.
pub fn names(template: &str) -> Vec<&str> {
    let (pieces, _) = pieces(template);
    let name = |piece| match piece {
        Piece::Name(name) => Some(name),
        Piece::Text(_) => None,
    };
    pieces.into_iter().filter_map(name).collect()
}

/// The names in braces of a path, in order; or what is wrong with the braces.
pub fn placeholders(path: &str) -> Result<Vec<&str>, String> {
    if let (_, Some(why)) = pieces(path) {
        return Err(why.to_owned());
    }
    let names = names(path);
    let mut seen = HashSet::new();
    match names.iter().find(|name| !seen.insert(**name)) {
        Some(name) => Err(format!("has the placeholder `{{{name}}}` twice")),
        None => Ok(names),
    }
}

/// The template as a server sees it: without the names, and without what follows the path.
pub fn shape(path: &str) -> String {
    let (pieces, _) = pieces(path.split(['?', '#']).next().unwrap_or_default());
    let plain = |piece| match piece {
        Piece::Text(text) => text,
        Piece::Name(_) => "{}",
    };
    pieces.into_iter().map(plain).collect()
}

/// How the placeholders of a path and the path parameters of one of its operations differ.
#[derive(Default)]
pub struct Difference<'a> {
    /// Placeholders without a parameter; with the parameter that is most likely meant, when there is one.
    pub missing: Vec<(&'a str, Option<Parameter<'a>>)>,
    /// Parameters without a placeholder, except those that are most likely meant for a missing one.
    pub unused: Vec<Parameter<'a>>,
}

impl<'a> Difference<'a> {
    /// Compares. A path that is broken itself is not compared, and of an operation whose parameters could not all
    /// be found nothing is said to be missing.
    pub fn of(operation: &Operation<'a>) -> Difference<'a> {
        // A query in a path has been reported; its placeholders are in the wrong place, not without a parameter.
        let broken = operation.path.contains(['?', '#']);
        let Some(placeholders) = placeholders(operation.path).ok().filter(|_| !broken) else {
            return Difference::default();
        };
        let mut written =
            operation.item.items("parameters").iter().chain(operation.place.node.items("parameters"));
        let complete = written.all(|used| operation.follow(used).is_some_and(is_complete));
        let all = operation.parameters();
        let declared: Vec<_> = all.iter().filter(|p| p.place == "path").copied().collect();
        let (filled, wanted): (HashSet<&str>, HashSet<&str>) =
            (declared.iter().map(|p| p.name).collect(), placeholders.iter().copied().collect());
        let unused: Vec<_> = declared.iter().filter(|p| !wanted.contains(p.name)).copied().collect();
        let absent = placeholders.into_iter().filter(|name| !filled.contains(name));
        let absent: Vec<_> = if complete { absent.collect() } else { Vec::new() };
        let single = absent.len() == 1 && unused.len() == 1;
        let mut similar: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (index, parameter) in unused.iter().enumerate() {
            let words = if single { String::new() } else { letters(parameter.name) };
            similar.entry(words).or_default().push_back(index);
        }
        let mut elsewhere: HashMap<&str, Parameter<'_>> = HashMap::new();
        for parameter in &all {
            elsewhere.entry(parameter.name).or_insert(*parameter);
        }
        let mut meant = HashSet::new();
        let missing = absent.into_iter().map(|name| {
            let words = if single { String::new() } else { letters(name) };
            let index = similar.get_mut(&words).and_then(VecDeque::pop_front);
            meant.extend(index);
            (name, index.map(|index| unused[index]).or_else(|| elsewhere.get(name).copied()))
        });
        let missing = missing.collect();
        let unused = unused.into_iter().enumerate().filter(|(index, _)| !meant.contains(index));
        Difference { missing, unused: unused.map(|(_, parameter)| parameter).collect() }
    }
}

/// Whether a parameter says what it is called and where it goes; otherwise it may be any, and has been reported.
fn is_complete(parameter: &Node) -> bool {
    let place = parameter.str("in");
    parameter.str("name").is_some() && place.is_some_and(|place| PLACES.contains(&place))
}

/// What names that differ in case and separators only have in common.
fn letters(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}
