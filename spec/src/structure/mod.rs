//! Checks the structure of a document: whether every object has the keys that the specification lists for it, with
//! values of the right types.
//!
//! A mistake is reported once, without its consequences. For example, if a key is misspelled, the correct key is not
//! reported as missing. If the value of a key is missing because the lines after it are not indented, the keys on these
//! lines are not reported as unknown.

mod removal;
mod repair;
mod types;
mod versions;

use crate::grammar::{HTTP_METHODS, ObjectKind, ValueKind};
use crate::rules::{
    missing_key, path_without_slash, required_in_property, response_code, response_code_unquoted,
    unknown_key, wrong_type,
};
use crate::suggest::{advise_on_unknown_name, find_closest_name};
use crate::{Entry, Finding, Findings, Node, Object, Value};

pub(crate) use removal::remove_invalid_parts;
pub(crate) use repair::repair_keys;

/// The minimum number of unknown keys in an object that are reported in a single finding, as misplaced keys. Such a
/// finding is made only if the values of all these keys are objects. Otherwise, each unknown key is reported in its own
/// finding.
const MIN_MISPLACED_KEYS: usize = 3;

/// Reports wrong keys and values in an object, and in all objects within it.
pub(crate) fn check_structure(node: &Node, kind: ObjectKind, found: &mut Findings) {
    let object = match &node.value {
        Value::Object(object) => object,
        Value::Bool(_) if kind == ObjectKind::Schema => {
            return found.push(versions::new_boolean_schema_finding(node));
        }
        other => {
            let place = if other.describe_type() == "a list" {
                node.location.collapse_to_start()
            } else {
                node.location.clone()
            };
            return found.push(wrong_type::new_finding(
                &place,
                &kind.name_with_article(),
                "an object",
                other,
            ));
        }
    };
    if kind.can_be_reference()
        && let Some(reference) = check_reference(object)
    {
        return found.extend(reference);
    }
    let mut checker = KeyChecker {
        object,
        kind,
        has_earlier_key_without_value: false,
        is_grouped_key_reported: false,
        intended_keys: Vec::new(),
        unknown: Vec::new(),
    };
    object.iter().for_each(|entry| checker.check_key(entry, found));
    checker.report_unknown(found);
    checker.report_missing(node, found);
}

/// Returns the findings about a reference; `None` if the object is not a reference. An object with a misspelled `$ref`
/// counts as a reference.
fn check_reference(object: &Object) -> Option<Findings> {
    if let Some(reference) = object.get("$ref") {
        let wrong = reference.as_str().is_none();
        return Some(
            wrong
                .then(|| wrong_type::new_finding(&reference.location, "`$ref`", "a string", &reference.value))
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
    Some(unknown_key::new_misspelled_ref_finding(entry).into())
}

/// Checks the keys of one object.
struct KeyChecker<'a> {
    object: &'a Object,
    kind: ObjectKind,
    /// Whether an earlier key has no value, although its value should be a list or an object. The keys after it may
    /// belong to this value, and only lack indentation. So none of them is reported as unknown, and no key is reported
    /// as missing.
    has_earlier_key_without_value: bool,
    /// Whether a grouped key of this object was reported already. Grouped keys are keys of another OpenAPI version that
    /// are used together, like `if`, `then` and `else` (see [`versions::OtherVersionKey::belongs_to_key_group`]). Only
    /// the first grouped key of an object is reported.
    is_grouped_key_reported: bool,
    /// The keys that were intended where the object has misspelled keys. They are not reported as missing, because only
    /// their spelling is wrong.
    intended_keys: Vec<&'static str>,
    unknown: Vec<&'a Entry>,
}

impl<'a> KeyChecker<'a> {
    fn check_key(&mut self, entry: &'a Entry, found: &mut Findings) {
        let (kind, key) = (self.kind, entry.key.as_str());
        if let Some(odd) = check_path_or_status_code_key(kind, entry) {
            if !self.has_earlier_key_without_value {
                found.push(odd);
            }
            // If the key of the entry is not a valid path or status code, the value of the entry is checked only if
            // this value looks like a path item or a response.
            if !looks_like_path_item_or_response(kind, &entry.node) {
                return;
            }
        }
        if kind == ObjectKind::Responses {
            found.extend(response_code_unquoted::check_response_key(entry).into_iter().collect());
        }
        match kind.value_kind(key) {
            Some(value_kind) if entry.node.value == Value::Null && is_list_or_object(value_kind) => {
                self.has_earlier_key_without_value = true;
                found.push(wrong_type::new_finding(
                    &entry.node.location,
                    &format!("`{key}`"),
                    describe_expected(value_kind).as_str(),
                    &Value::Null,
                ));
            }
            Some(value_kind) => self.check_field(entry, value_kind, found),
            None if self.has_earlier_key_without_value => {}
            None => match versions::find_other_version_key(kind, key) {
                Some(foreign)
                    if foreign.belongs_to_key_group
                        && std::mem::replace(&mut self.is_grouped_key_reported, true) => {}
                Some(foreign) => found.push(foreign.new_finding(key, &entry.key_location, kind)),
                None => self.unknown.push(entry),
            },
        }
    }

    fn check_field(&self, entry: &Entry, value_kind: ValueKind, found: &mut Findings) {
        let (key, node) = (entry.key.as_str(), &entry.node);
        if let Some(foreign) = versions::check_value_from_other_version(self.kind, key, node) {
            return found.push(foreign);
        }
        // The linker has already checked the OpenAPI version, so the key `openapi` is skipped.
        if self.kind == ObjectKind::OpenApi && key == "openapi" {
            return;
        }
        if self.kind == ObjectKind::Schema && key == "required" && node.as_bool().is_some() {
            return found.push(required_in_property::new_finding(node));
        }
        match (value_kind, &node.value) {
            (ValueKind::ObjectOrBool(_), Value::Bool(_)) => {}
            (ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind), _) => {
                check_structure(node, kind, found)
            }
            (ValueKind::ObjectList(kind), Value::Array(items)) => {
                items.iter().for_each(|item| check_structure(item, kind, found))
            }
            (ValueKind::ObjectMap(kind), Value::Object(object)) => {
                object.iter().for_each(|entry| check_structure(&entry.node, kind, found));
            }
            (ValueKind::ObjectList(_) | ValueKind::ObjectMap(_), other) => {
                let place = node.location.collapse_to_start();
                let place =
                    if matches!(other, Value::Array(_) | Value::Object(_)) { &place } else { &node.location };
                found.push(wrong_type::new_finding(
                    place,
                    &format!("`{key}`"),
                    &describe_expected(value_kind),
                    other,
                ));
            }
            _ => types::check_value_type(key, node, value_kind, self.kind, found),
        }
    }

    fn report_unknown(&mut self, found: &mut Findings) {
        let intended_keys = |entry: &Entry| find_intended_key(self.kind, &entry.key);
        let (misspelled, strange): (Vec<&Entry>, Vec<&Entry>) =
            self.unknown.iter().partition(|entry| intended_keys(entry).is_some());
        for (entry, key) in misspelled.into_iter().filter_map(|entry| Some((entry, intended_keys(entry)?))) {
            self.intended_keys.push(key);
            found
                .push(unknown_key::new_finding(entry, self.kind).with_help(format!("did you mean `{key}`?")));
        }
        let misplaced =
            strange.len() >= MIN_MISPLACED_KEYS && strange.iter().all(|e| e.node.as_object().is_some());
        match strange.first() {
            Some(first) if misplaced => {
                found.push(unknown_key::new_misplaced_keys_finding(first, strange.len() - 1, self.kind));
            }
            _ => strange.into_iter().for_each(|entry| {
                let known =
                    advise_on_unknown_name(&entry.key, self.kind.fixed_keys().iter().map(|(name, ..)| *name));
                let help =
                    known.unwrap_or_else(|| String::from("check the indentation; own keys start with `x-`"));
                found.push(unknown_key::new_finding(entry, self.kind).with_help(help));
            }),
        }
    }

    fn report_missing(&self, node: &Node, found: &mut Findings) {
        for (key, _, required) in self.kind.fixed_keys() {
            if *required
                && !self.object.contains_key(key)
                && !self.intended_keys.contains(key)
                && !self.has_earlier_key_without_value
            {
                found.push(missing_key::new_finding(key, self.kind, node));
            }
        }
    }
}

/// Returns the correct name of a misspelled key; `None` if objects of `kind` have no key with a similar name.
fn find_intended_key(kind: ObjectKind, key: &str) -> Option<&'static str> {
    find_closest_name(key, kind.fixed_keys().iter().map(|(name, ..)| *name))
}

/// Whether a value of this kind is a list or an object, which is usually written on indented lines below its key.
fn is_list_or_object(value_kind: ValueKind) -> bool {
    !matches!(
        value_kind,
        ValueKind::Any
            | ValueKind::Str
            | ValueKind::StringFromList(_)
            | ValueKind::Bool
            | ValueKind::NonNegativeInteger
            | ValueKind::Num
    )
}

fn describe_expected(value_kind: ValueKind) -> String {
    match value_kind {
        ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind) => kind.name_with_article(),
        ValueKind::ObjectMap(kind) => format!("a map from names to {}s", kind.name()),
        ValueKind::StringMap => String::from("a map from names to strings"),
        ValueKind::StringList => String::from("a list of strings"),
        _ => String::from("a list"),
    }
}

/// Returns a finding about an invalid key of `paths` or `responses`; otherwise `None`. In `paths`, a key has to be a
/// path. In `responses`, a key has to be a status code or `default`. In both, a key may also start with `x-`.
fn check_path_or_status_code_key(kind: ObjectKind, entry: &Entry) -> Option<Finding> {
    let key = entry.key.as_str();
    if key.starts_with("x-") {
        return None;
    }
    match kind {
        ObjectKind::Paths if !key.starts_with('/') => Some(path_without_slash::new_finding(entry)),
        ObjectKind::Responses => response_code::check_response_key(entry),
        _ => None,
    }
}

/// Whether a value in `paths` looks like a path item, or a value in `responses` looks like a response.
fn looks_like_path_item_or_response(kind: ObjectKind, node: &Node) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| node.get(key).is_some());
    match kind {
        ObjectKind::Paths => has(&HTTP_METHODS) || has(&["$ref"]),
        _ => has(&["description", "content", "$ref"]),
    }
}

#[cfg(test)]
mod tests;
