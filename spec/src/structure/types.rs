//! Checks the types of values that are not objects defined by the specification, like strings, numbers and lists.

use crate::grammar::{ObjectKind, ValueKind};
use crate::rules::{unknown_word, wrong_type};
use crate::{Findings, Node, Value};

/// Reports the value of a key (`node`) if it has the wrong type. Objects that the specification defines, such as
/// schemas, are not checked here, because [`super::check_structure`] checks them.
pub(super) fn check_value_type(
    key: &str,
    node: &Node,
    value_kind: ValueKind,
    kind: ObjectKind,
    found: &mut Findings,
) {
    let what = format!("`{key}`");
    let mut expect = |fits: bool, what: &str, node: &Node, expected: &str| {
        if !fits {
            found.push(wrong_type::new_finding(&node.location, what, expected, &node.value));
        }
    };
    match value_kind {
        ValueKind::Str => expect(node.as_str().is_some(), &what, node, "a string"),
        ValueKind::StringFromList(words) => match node.as_str() {
            Some(word) if !words.contains(&word) => {
                found.push(unknown_word::new_finding(kind, key, word, node, words))
            }
            text => expect(text.is_some(), &what, node, "a string"),
        },
        ValueKind::Bool => expect(node.as_bool().is_some(), &what, node, "true or false"),
        ValueKind::Num => expect(matches!(node.value, Value::Number(_)), &what, node, "a number"),
        ValueKind::NonNegativeInteger => {
            let fits = matches!(&node.value, Value::Number(text) if text.bytes().all(|b| b.is_ascii_digit()));
            expect(fits, &what, node, "a whole number that is not negative");
        }
        ValueKind::AnyList => expect(node.as_array().is_some(), &what, node, "a list"),
        ValueKind::StringList => check_strings(&what, node, "a list of strings", &mut expect),
        ValueKind::StringMap => match node.as_object() {
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
        ValueKind::SecurityRequirements => {
            let expected = "a list of maps from scheme names to lists of scopes";
            let Some(items) = node.as_array() else { return expect(false, &what, node, expected) };
            for item in items {
                let Some(object) = item.as_object() else {
                    expect(false, "this requirement", item, "a map from scheme names to lists of scopes");
                    continue;
                };
                for entry in object.iter() {
                    check_strings(&format!("`{}`", entry.key), &entry.node, "a list of scopes", &mut expect);
                }
            }
        }
        ValueKind::Any
        | ValueKind::Object(_)
        | ValueKind::ObjectOrBool(_)
        | ValueKind::ObjectList(_)
        | ValueKind::ObjectMap(_) => {}
    }
}

fn check_strings(what: &str, node: &Node, expected: &str, expect: &mut impl FnMut(bool, &str, &Node, &str)) {
    match node.as_array() {
        Some(items) => {
            for item in items {
                expect(item.as_str().is_some(), &format!("this item of {what}"), item, "a string");
            }
        }
        None => expect(false, what, node, expected),
    }
}
