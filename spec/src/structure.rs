//! The shape of a document: every object has the keys the specification gives it, of the right types.

use crate::grammar::{Holds, Kind};
use crate::suggest::did_you_mean;
use crate::{Diagnostic, Diagnostics, Location, Node, Value};

/// Checks a node against the table of its kind, and all below it.
pub(crate) fn check(node: &Node, kind: Kind, found: &mut Diagnostics) {
    let Value::Object(object) = &node.value else {
        found.push(wrong_type(&first_line(node), &with_article(kind.name()), "an object", &node.value));
        return;
    };
    if let Some(reference) = object.get("$ref")
        && kind.can_be_reference()
    {
        if reference.as_str().is_none() {
            found.push(wrong_type(&reference.location, "`$ref`", "a string", &reference.value));
        }
        return;
    }
    for entry in object.iter() {
        match kind.holds(&entry.key) {
            Some(holds) => check_field(&entry.key, &entry.node, holds, found),
            None => found.push(unknown_key(&entry.key, &entry.key_location, kind)),
        }
    }
    for (key, _, required) in kind.fields() {
        if *required && !object.contains(key) {
            let message = format!("this {} has no `{key}`, which OpenAPI requires", kind.name());
            found.push(Diagnostic::error("missing-key", &first_line(node), message));
        }
    }
    match kind {
        Kind::Paths => check_paths(node, found),
        Kind::Responses => check_responses(node, found),
        _ => {}
    }
}

/// A long object is pointed at by its first line only.
fn first_line(node: &Node) -> Location {
    Location { end: node.location.start, ..node.location.clone() }
}

fn check_field(key: &str, node: &Node, holds: Holds, found: &mut Diagnostics) {
    let mut expect = |fits: bool, what: &str| {
        if !fits {
            found.push(wrong_type(&node.location, &format!("`{key}`"), what, &node.value));
        }
    };
    let strings =
        |node: &Node| node.as_array().is_some_and(|items| items.iter().all(|i| i.as_str().is_some()));
    match holds {
        Holds::Any => {}
        Holds::Str => expect(node.as_str().is_some(), "a string"),
        Holds::Word(words) => match node.as_str() {
            Some(word) if !words.contains(&word) => {
                found.push(unknown_word(key, word, &node.location, words))
            }
            text => expect(text.is_some(), "a string"),
        },
        Holds::Bool => expect(node.as_bool().is_some(), "true or false"),
        Holds::Num => expect(matches!(node.value, Value::Number(_)), "a number"),
        Holds::Count => {
            let fits = matches!(&node.value, Value::Number(text) if text.bytes().all(|b| b.is_ascii_digit()));
            expect(fits, "a whole number that is not negative");
        }
        Holds::Strings => expect(strings(node), "a list of strings"),
        Holds::Anys => expect(node.as_array().is_some(), "a list"),
        Holds::StrMap => {
            let fits = node.as_object().is_some_and(|o| o.iter().all(|e| e.node.as_str().is_some()));
            expect(fits, "a map from names to strings");
        }
        Holds::Security => {
            let requirement =
                |node: &Node| node.as_object().is_some_and(|o| o.iter().all(|e| strings(&e.node)));
            let fits = node.as_array().is_some_and(|items| items.iter().all(requirement));
            expect(fits, "a list of maps from scheme names to lists of scopes");
        }
        Holds::One(kind) => check(node, kind, found),
        Holds::OneOrBool(kind) => {
            if node.as_bool().is_none() {
                check(node, kind, found);
            }
        }
        Holds::List(kind) => match node.as_array() {
            Some(items) => items.iter().for_each(|item| check(item, kind, found)),
            None => expect(false, "a list"),
        },
        Holds::Map(kind) => match node.as_object() {
            Some(object) => object.iter().for_each(|entry| check(&entry.node, kind, found)),
            None => expect(false, &format!("a map from names to {}s", kind.name())),
        },
    }
}

fn check_paths(node: &Node, found: &mut Diagnostics) {
    for entry in node.as_object().into_iter().flat_map(|o| o.iter()) {
        if !entry.key.starts_with('/') && !entry.key.starts_with("x-") {
            let message = format!("the path `{}` does not start with a slash", entry.key);
            found.push(
                Diagnostic::error("path-without-slash", &entry.key_location, message)
                    .help(format!("write `/{}`, or check the indentation", entry.key)),
            );
        }
    }
}

fn check_responses(node: &Node, found: &mut Diagnostics) {
    for entry in node.as_object().into_iter().flat_map(|o| o.iter()) {
        let key = entry.key.as_str();
        let bytes = key.as_bytes();
        let code = bytes.len() == 3
            && (b'1'..=b'5').contains(&bytes[0])
            && (bytes[1..].iter().all(u8::is_ascii_digit) || &bytes[1..] == b"XX");
        if !code && key != "default" && !key.starts_with("x-") {
            let message = format!("`{key}` is not a status code");
            found.push(
                Diagnostic::error("response-code", &entry.key_location, message)
                    .help("use a code in quotes like '200', a range like '2XX', or `default`"),
            );
        }
    }
}

fn with_article(name: &str) -> String {
    // As it is spoken: "an XML object".
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u', 'O', 'X']) { "an" } else { "a" };
    format!("{article} {name}")
}

fn wrong_type(location: &Location, what: &str, expected: &str, value: &Value) -> Diagnostic {
    let message = format!("{what} is {} here; {expected} was expected", value.describe());
    let found = Diagnostic::error("wrong-type", location, message);
    match (what, value) {
        ("`required`", Value::Bool(_)) => {
            found.help("in a schema, `required` is the list of the required properties, beside `properties`")
        }
        (_, Value::Number(_) | Value::Bool(_) | Value::Null) if expected == "a string" => {
            found.help("put the value in quotes")
        }
        (_, Value::Null) => {
            found.help("nothing is indented below it; check the indentation of the next lines")
        }
        _ => found,
    }
}

fn unknown_word(key: &str, word: &str, location: &Location, words: &[&str]) -> Diagnostic {
    let message = format!("`{key}` cannot be `{word}`");
    let found = Diagnostic::error("unknown-word", location, message);
    match did_you_mean(word, words.iter().copied()) {
        Some(help) => found.help(help),
        None => found,
    }
}

fn unknown_key(key: &str, location: &Location, kind: Kind) -> Diagnostic {
    let found = Diagnostic::error(
        "unknown-key",
        location,
        format!("{} has no key `{key}`", with_article(kind.name())),
    );
    let known = kind.fields().iter().map(|(name, ..)| *name);
    match did_you_mean(key, known) {
        Some(help) => found.help(help),
        None => found.help("check the indentation; own keys start with `x-`"),
    }
}
