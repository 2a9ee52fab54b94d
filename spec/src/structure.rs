//! The shape of a document: every object has the keys the specification gives it, of the right types.

use crate::grammar::{Holds, Kind};
use crate::suggest::did_you_mean;
use crate::{Diagnostic, Diagnostics, Location, Node, Value};

/// Checks a node against the table of its kind, and all below it.
pub(crate) fn check(node: &Node, kind: Kind, found: &mut Diagnostics) {
    let Value::Object(object) = &node.value else {
        found.push(wrong_type(&node.location, &format!("a {}", kind.name()), "an object", &node.value));
        return;
    };
    if let Some(reference) = object.get("$ref")
        && kind.can_be_reference()
    {
        check_reference(node, reference, found);
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

fn check_reference(node: &Node, reference: &Node, found: &mut Diagnostics) {
    if reference.as_str().is_none() {
        found.push(wrong_type(&reference.location, "`$ref`", "a string", &reference.value));
    }
    let siblings = node.as_object().into_iter().flat_map(|o| o.iter()).filter(|e| e.key != "$ref");
    for entry in siblings {
        let message = format!("`{}` stands beside a `$ref`, where OpenAPI 3.0 ignores it", entry.key);
        found.push(
            Diagnostic::error("ref-siblings", &entry.key_location, message)
                .help("wrap the reference: `allOf: [{$ref: ...}]`, and put the key beside `allOf`"),
        );
    }
}

fn check_field(key: &str, node: &Node, holds: Holds, found: &mut Diagnostics) {
    let mut expect = |fits: bool, what: &str| {
        if !fits {
            found.push(wrong_type(&node.location, &format!("`{key}`"), what, &node.value));
        }
    };
    let strings = |node: &Node| node.as_array().is_some_and(|items| items.iter().all(|i| i.as_str().is_some()));
    match holds {
        Holds::Any => {}
        Holds::Str => expect(node.as_str().is_some(), "a string"),
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
            found.push(Diagnostic::error("path-without-slash", &entry.key_location, message));
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
        _ => found,
    }
}

fn unknown_key(key: &str, location: &Location, kind: Kind) -> Diagnostic {
    let found = Diagnostic::error("unknown-key", location, format!("a {} has no key `{key}`", kind.name()));
    let known = kind.fields().iter().map(|(name, ..)| *name);
    match did_you_mean(key, known) {
        Some(help) => found.help(help),
        None => found.help("check the indentation; own keys start with `x-`"),
    }
}
