//! Checks the structure of a document: every object has the keys that the specification lists for it, with values of
//! the right types.
//!
//! One mistake gives one finding. Its consequences are not reported again: the missing key where a key is misspelled,
//! or the unknown keys that should be indented below an empty key before them.

mod repair;
mod sound;
mod types;
mod versions;

use crate::grammar::{Holds, Kind, METHODS};
use crate::rules::{
    missing_key, path_without_slash, required_in_property, response_code, response_code_unquoted,
    unknown_key, wrong_type,
};
use crate::suggest::{closest, did_you_mean};
use crate::{Diagnostic, Diagnostics, Entry, Node, Object, Value};

pub(crate) use repair::repaired;
pub(crate) use sound::sound;

/// With at least this many unknown keys that all hold objects, the keys of an object are reported as misplaced, not
/// as misspelled.
const MIN_MISPLACED_KEYS: usize = 3;

/// Checks an object and all objects in it against the keys that the specification lists for their kinds.
pub(crate) fn check(node: &Node, kind: Kind, found: &mut Diagnostics) {
    let object = match &node.value {
        Value::Object(object) => object,
        Value::Bool(_) if kind == Kind::Schema => return found.push(versions::boolean_schema(node)),
        other => {
            let place =
                if other.describe() == "a list" { node.location.to_start() } else { node.location.clone() };
            return found.push(wrong_type::report(&place, &kind.with_article(), "an object", other));
        }
    };
    if kind.can_be_reference()
        && let Some(reference) = check_reference(object)
    {
        return found.extend(reference);
    }
    let mut fields =
        Fields { object, kind, emptied: false, group: false, meant: Vec::new(), unknown: Vec::new() };
    object.iter().for_each(|entry| fields.check(entry, found));
    fields.report_unknown(found);
    fields.report_missing(node, found);
}

/// If `object` is a reference, even with a misspelled `$ref`, returns the findings about it (none if it is correct);
/// otherwise `None`.
fn check_reference(object: &Object) -> Option<Diagnostics> {
    if let Some(reference) = object.get("$ref") {
        let wrong = reference.as_str().is_none();
        return Some(
            wrong
                .then(|| wrong_type::report(&reference.location, "`$ref`", "a string", &reference.value))
                .into_iter()
                .collect(),
        );
    }
    let misspelled = |entry: &&Entry| {
        entry.node.as_str().is_some_and(|text| text.contains('#') || text.contains(".y"))
            && matches!(
                entry.key.to_ascii_lowercase().as_str(),
                "ref" | "$ref" | "$reference" | "_ref" | "reference"
            )
    };
    let entry = object.iter().find(misspelled)?;
    Some(unknown_key::reference(entry).into())
}

/// Checks the keys of one object.
struct Fields<'a> {
    object: &'a Object,
    kind: Kind,
    /// Whether an earlier key has an empty value. The keys after it may belong below it, so unknown and missing keys
    /// are not reported any more.
    emptied: bool,
    /// Whether a grouped key of another OpenAPI version was reported (see [`versions::Foreign::grouped`]).
    group: bool,
    /// The correct names of the misspelled keys; they are not reported as missing.
    meant: Vec<&'static str>,
    unknown: Vec<&'a Entry>,
}

impl<'a> Fields<'a> {
    fn check(&mut self, entry: &'a Entry, found: &mut Diagnostics) {
        let (kind, key) = (self.kind, entry.key.as_str());
        if let Some(odd) = invalid_name_finding(kind, entry) {
            if !self.emptied {
                found.push(odd);
            }
            // Below an invalid name there may be anything.
            if !looks_intended(kind, &entry.node) {
                return;
            }
        }
        if kind == Kind::Responses {
            found.extend(response_code_unquoted::check(entry).into_iter().collect());
        }
        match kind.holds(key) {
            Some(holds) if entry.node.value == Value::Null && is_nested_content(holds) => {
                self.emptied = true;
                found.push(wrong_type::report(
                    &entry.node.location,
                    &format!("`{key}`"),
                    describe_expected(holds).as_str(),
                    &Value::Null,
                ));
            }
            Some(holds) => self.check_field(entry, holds, found),
            None if self.emptied => {}
            None => match versions::foreign_key(kind, key) {
                Some(foreign) if foreign.grouped && std::mem::replace(&mut self.group, true) => {}
                Some(foreign) => found.push(foreign.key(key, &entry.key_location, kind)),
                None => self.unknown.push(entry),
            },
        }
    }

    fn check_field(&self, entry: &Entry, holds: Holds, found: &mut Diagnostics) {
        let (key, node) = (entry.key.as_str(), &entry.node);
        if let Some(foreign) = versions::foreign_value(self.kind, key, node) {
            return found.push(foreign);
        }
        // The linker has checked the version already.
        if self.kind == Kind::OpenApi && key == "openapi" {
            return;
        }
        if self.kind == Kind::Schema && key == "required" && node.as_bool().is_some() {
            return found.push(required_in_property::report(node));
        }
        match (holds, &node.value) {
            (Holds::OneOrBool(_), Value::Bool(_)) => {}
            (Holds::One(kind) | Holds::OneOrBool(kind), _) => check(node, kind, found),
            (Holds::List(kind), Value::Array(items)) => {
                items.iter().for_each(|item| check(item, kind, found))
            }
            (Holds::Map(kind), Value::Object(object)) => {
                object.iter().for_each(|entry| check(&entry.node, kind, found));
            }
            (Holds::List(_) | Holds::Map(_), other) => {
                let place = node.location.to_start();
                let place =
                    if matches!(other, Value::Array(_) | Value::Object(_)) { &place } else { &node.location };
                found.push(wrong_type::report(place, &format!("`{key}`"), &describe_expected(holds), other));
            }
            _ => types::check(key, node, holds, self.kind, found),
        }
    }

    fn report_unknown(&mut self, found: &mut Diagnostics) {
        let meant = |entry: &Entry| intended_key(self.kind, &entry.key);
        let (misspelled, strange): (Vec<&Entry>, Vec<&Entry>) =
            self.unknown.iter().partition(|entry| meant(entry).is_some());
        for (entry, key) in misspelled.into_iter().filter_map(|entry| Some((entry, meant(entry)?))) {
            self.meant.push(key);
            found.push(unknown_key::report(entry, self.kind).help(format!("did you mean `{key}`?")));
        }
        let misplaced =
            strange.len() >= MIN_MISPLACED_KEYS && strange.iter().all(|e| e.node.as_object().is_some());
        match strange.first() {
            Some(first) if misplaced => {
                found.push(unknown_key::misplaced(first, strange.len() - 1, self.kind));
            }
            _ => strange.into_iter().for_each(|entry| {
                let known = did_you_mean(&entry.key, self.kind.fields().iter().map(|(name, ..)| *name));
                let help =
                    known.unwrap_or_else(|| String::from("check the indentation; own keys start with `x-`"));
                found.push(unknown_key::report(entry, self.kind).help(help));
            }),
        }
    }

    fn report_missing(&self, node: &Node, found: &mut Diagnostics) {
        for (key, _, required) in self.kind.fields() {
            if *required && !self.object.contains(key) && !self.meant.contains(key) && !self.emptied {
                found.push(missing_key::report(key, self.kind, node));
            }
        }
    }
}

/// Returns the known key that `key` is probably a misspelling of.
fn intended_key(kind: Kind, key: &str) -> Option<&'static str> {
    closest(key, kind.fields().iter().map(|(name, ..)| *name))
}

/// Whether the value of a key is a list or an object, which is written on indented lines below the key.
fn is_nested_content(holds: Holds) -> bool {
    !matches!(holds, Holds::Any | Holds::Str | Holds::Word(_) | Holds::Bool | Holds::Count | Holds::Num)
}

fn describe_expected(holds: Holds) -> String {
    match holds {
        Holds::One(kind) | Holds::OneOrBool(kind) => kind.with_article(),
        Holds::Map(kind) => format!("a map from names to {}s", kind.name()),
        Holds::StrMap => String::from("a map from names to strings"),
        Holds::Strings => String::from("a list of strings"),
        _ => String::from("a list"),
    }
}

/// Returns the finding about a key that should be a path or a status code, but is not; otherwise `None`.
fn invalid_name_finding(kind: Kind, entry: &Entry) -> Option<Diagnostic> {
    let key = entry.key.as_str();
    if key.starts_with("x-") {
        return None;
    }
    match kind {
        Kind::Paths if !key.starts_with('/') => Some(path_without_slash::report(entry)),
        Kind::Responses => response_code::check(entry),
        _ => None,
    }
}

/// Whether the object below an invalid path or status code looks like a path item or a response nevertheless.
fn looks_intended(kind: Kind, node: &Node) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| node.get(key).is_some());
    match kind {
        Kind::Paths => has(&METHODS) || has(&["$ref"]),
        _ => has(&["description", "content", "$ref"]),
    }
}

#[cfg(test)]
mod tests;
