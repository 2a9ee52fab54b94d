//! What a single value has to be, and what is said when it is not.

use crate::grammar::{Holds, Kind};
use crate::suggest::did_you_mean;
use crate::{Diagnostic, Diagnostics, Location, Node, Value};

/// Whether what stands there has no inside of its own to be looked at: reports what is wrong with it.
pub(super) fn check(key: &str, node: &Node, holds: Holds, kind: Kind, found: &mut Diagnostics) {
    let what = format!("`{key}`");
    let mut expect = |fits: bool, what: &str, node: &Node, expected: &str| {
        if !fits {
            found.push(wrong_type(&node.location, what, expected, &node.value));
        }
    };
    match holds {
        Holds::Str => expect(node.as_str().is_some(), &what, node, "a string"),
        Holds::Word(words) => match node.as_str() {
            Some(word) if !words.contains(&word) => found.push(unknown_word(kind, key, word, node, words)),
            text => expect(text.is_some(), &what, node, "a string"),
        },
        Holds::Bool => expect(node.as_bool().is_some(), &what, node, "true or false"),
        Holds::Num => expect(matches!(node.value, Value::Number(_)), &what, node, "a number"),
        Holds::Count => {
            let fits = matches!(&node.value, Value::Number(text) if text.bytes().all(|b| b.is_ascii_digit()));
            expect(fits, &what, node, "a whole number that is not negative");
        }
        Holds::Anys => expect(node.as_array().is_some(), &what, node, "a list"),
        Holds::Strings => strings(&what, node, "a list of strings", &mut expect),
        Holds::StrMap => match node.as_object() {
            Some(object) => {
                for entry in object.iter() {
                    expect(
                        entry.node.as_str().is_some(),
                        &format!("`{}`", entry.key),
                        &entry.node,
                        "a string",
                    );
                }
            }
            None => expect(false, &what, node, "a map from names to strings"),
        },
        Holds::Security => {
            let expected = "a list of maps from scheme names to lists of scopes";
            let Some(items) = node.as_array() else { return expect(false, &what, node, expected) };
            for item in items {
                let Some(object) = item.as_object() else {
                    expect(false, "this requirement", item, "a map from scheme names to lists of scopes");
                    continue;
                };
                for entry in object.iter() {
                    strings(&format!("`{}`", entry.key), &entry.node, "a list of scopes", &mut expect);
                }
            }
        }
        Holds::Any | Holds::One(_) | Holds::OneOrBool(_) | Holds::List(_) | Holds::Map(_) => {}
    }
}

fn strings(what: &str, node: &Node, expected: &str, expect: &mut impl FnMut(bool, &str, &Node, &str)) {
    match node.as_array() {
        Some(items) => {
            for item in items {
                expect(item.as_str().is_some(), &format!("this item of {what}"), item, "a string");
            }
        }
        None => expect(false, what, node, expected),
    }
}

/// A value of the wrong type, which is said with what to do about it.
pub(super) fn wrong_type(location: &Location, what: &str, expected: &str, value: &Value) -> Diagnostic {
    let is = match value {
        Value::Number(text) if expected.starts_with("a whole number") => format!("`{text}`"),
        _ => value.describe().to_owned(),
    };
    let message = format!("{what} is {is} here; {expected} was expected");
    let found = Diagnostic::error("wrong-type", location, message);
    match wrong_type_help(expected, value) {
        Some(help) => found.help(help),
        None => found,
    }
}

fn wrong_type_help(expected: &str, value: &Value) -> Option<&'static str> {
    let scalar = matches!(expected, "a string" | "true or false" | "a number")
        || expected.starts_with("a whole number");
    Some(match value {
        Value::Number(_) | Value::Bool(_) if expected == "a string" => "put the value in quotes",
        Value::Null if expected == "a string" => {
            "write a text, in quotes when it is the word `null`, or take the key away"
        }
        Value::Null if scalar => "write the value, or take the key away",
        Value::Null => "nothing is indented below it; check the indentation of the next lines",
        Value::String(text) if expected == "true or false" => match text.to_ascii_lowercase().as_str() {
            "true" | "false" => "take the quotes away",
            "yes" | "on" | "y" => "write `true`",
            "no" | "off" | "n" => "write `false`",
            _ => "write `true` or `false`",
        },
        Value::String(text) if scalar && text.parse::<f64>().is_ok() => "take the quotes away",
        Value::String(_) if expected.starts_with("a list") => "write it as a list, each item after `- `",
        Value::Array(_) if expected.starts_with("a map") || expected == "an object" => {
            "take the `- ` away; each line is `name: value`"
        }
        _ => return None,
    })
}

fn unknown_word(kind: Kind, key: &str, word: &str, node: &Node, words: &[&str]) -> Diagnostic {
    let found = Diagnostic::error("unknown-word", &node.location, format!("`{key}` cannot be `{word}`"));
    let of_type = if kind == Kind::Schema { other_type(word) } else { None };
    match of_type.map(str::to_owned).or_else(|| did_you_mean(word, words.iter().copied())) {
        Some(help) => found.help(help),
        None => found,
    }
}

/// What the types of other languages are here.
fn other_type(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "int" | "int32" | "int64" | "long" | "short" => {
            "write `type: integer`, with `format: int32` or `int64`"
        }
        "float" | "double" | "decimal" => "write `type: number`, with a `format`",
        "bool" => "write `type: boolean`",
        "str" | "text" => "write `type: string`",
        "date" | "datetime" | "date-time" | "timestamp" | "uuid" | "email" | "uri" | "byte" | "binary" => {
            "write `type: string`, and this as its `format`"
        }
        "list" | "tuple" | "set" => "write `type: array`",
        "map" | "dict" | "hash" | "struct" => "write `type: object`",
        "any" | "mixed" => "leave `type` out where the value can be anything",
        _ => return None,
    })
}
