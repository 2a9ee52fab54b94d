//! The target of a `$ref`.

use std::path::PathBuf;
use std::sync::Arc;

use crate::grammar::{ObjectKind, ValueKind};
use crate::pointer::unescape_token;
use crate::{Location, Node, Object, Value};

/// The identity of a reference's target: the file of the target, and the JSON pointer to the target in this file.
pub(super) type ReferenceTargetId = (PathBuf, String);

/// The target of a `$ref`.
#[derive(Clone)]
pub(super) struct ReferenceTarget {
    pub(super) file: PathBuf,
    pub(super) pointer: String,
    /// The root node of the whole file. All targets in the file share this tree of nodes. `pointer` leads from the root
    /// node to the target.
    pub(super) file_root: Arc<Node>,
}

impl ReferenceTarget {
    pub(super) fn id(&self) -> ReferenceTargetId {
        (self.file.clone(), self.pointer.clone())
    }

    /// Returns the name that the target of the reference gets as a component. This is one of:
    /// - the key of the target, if the target is in a map of named objects, like `schemas`
    /// - the name of the file without the extension, if the target is a whole file
    /// - otherwise the JSON pointer of the target, with dots instead of slashes
    pub(super) fn component_name(&self) -> String {
        let tokens: Vec<String> = self.pointer.split('/').skip(1).map(unescape_token).collect();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens.as_slice() {
            // The JSON pointer of the `$ref` is empty, so the target is the whole file.
            [] => build_component_name(self.file.file_stem().and_then(|stem| stem.to_str())),
            [name] | ["definitions" | "$defs" | "schemas", name] | ["components", _, name] => {
                (*name).to_owned()
            }
            ["components", _, rest @ ..] => build_component_name(rest.iter().copied()),
            all => build_component_name(all.iter().copied()),
        }
    }

    /// Returns a component name that consists of the names of the folder and the file, like `schemas.user`. Such names
    /// differ for files that have the same name in different folders. Returns `None` if the target is not a whole file.
    pub(super) fn component_name_with_folder(&self) -> Option<String> {
        let folder = self.file.parent()?.file_name()?.to_str()?;
        self.pointer.is_empty().then(|| build_component_name([folder, &self.component_name()]))
    }

    /// Returns the location of the key under which the target is found in its file. If the target has no key, e.g.
    /// because it is a whole file, returns the location of the target itself.
    pub(super) fn key_location(&self) -> Location {
        let (parent, last) = self.pointer.rsplit_once('/').unwrap_or_default();
        let holder = self.file_root.pointer(parent).and_then(Node::as_object);
        let entry = holder.and_then(|object| object.entry(&unescape_token(last)));
        entry.map_or_else(|| self.node().location.clone(), |entry| entry.key_location.clone())
    }

    /// Returns the node to which the `$ref` leads.
    pub(super) fn node(&self) -> &Node {
        self.file_root.pointer(&self.pointer).unwrap_or(&self.file_root)
    }

    /// Returns a description of the target of the reference, like `a response`, if the target cannot be an object of
    /// `kind`; otherwise returns `None`. `in_root` says whether the target is in the root file. There, the JSON pointer
    /// to the target, like `/components/responses/Error`, tells the kind of the target. In other files, only the keys
    /// of the target tell its kind.
    pub(super) fn describe_if_wrong_kind(&self, kind: ObjectKind, in_root: bool) -> Option<String> {
        match in_root.then(|| find_kind_at_pointer(&self.pointer)).flatten() {
            Some(other) if other == kind => return None,
            Some(other) => return Some(other.name_with_article()),
            None => {}
        }
        match &self.node().value {
            // Only the keys of the object are checked here. The types of the values are checked later, by the structure
            // check.
            Value::Object(object) => describe_apparent_kind(object, kind),
            Value::Bool(_) if kind == ObjectKind::Schema => None,
            other => Some(other.describe_type().to_owned()),
        }
    }
}

/// Returns the kind of object that OpenAPI defines for this JSON pointer into a document; `None` if the pointer leads
/// to something else, like a string.
fn find_kind_at_pointer(pointer: &str) -> Option<ObjectKind> {
    let mut place = ValueKind::Object(ObjectKind::OpenApi);
    for token in pointer.strip_prefix('/')?.split('/') {
        place = match place {
            ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind) => {
                kind.value_kind(&unescape_token(token))?
            }
            ValueKind::ObjectList(kind) | ValueKind::ObjectMap(kind) => ValueKind::Object(kind),
            _ => return None,
        };
    }
    match place {
        ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind) => Some(kind),
        _ => None,
    }
}

/// Returns a description of what the object seems to be according to its keys, like `a response`. Returns `None` if all
/// keys fit `kind`, or if the keys do not fit any other kind either.
fn describe_apparent_kind(object: &Object, kind: ObjectKind) -> Option<String> {
    let own = || object.iter().filter(|entry| !entry.key.starts_with("x-"));
    let known = |kind: ObjectKind| own().filter(|entry| kind.value_kind(&entry.key).is_some()).count();
    let (all, fitting) = (own().count(), known(kind));
    if fitting == all || matches!(kind, ObjectKind::Callback) {
        return None;
    }
    let complete = |other: &ObjectKind| {
        known(*other) == all
            && other.fixed_keys().iter().all(|(key, _, required)| !required || object.contains_key(key))
    };
    let others = [
        ObjectKind::Parameter,
        ObjectKind::Response,
        ObjectKind::RequestBody,
        ObjectKind::SecurityScheme,
        ObjectKind::PathItem,
        ObjectKind::Operation,
        ObjectKind::Schema,
        ObjectKind::MediaType,
        ObjectKind::OpenApi,
    ];
    match others.into_iter().filter(|other| *other != kind).find(complete) {
        Some(other) => Some(other.name_with_article()),
        // The object has no key that belongs to `kind`. If, in addition, all its values are objects, it is probably a
        // map from names to objects, and not an object of `kind` with misspelled keys.
        None if fitting == 0 && own().all(|entry| entry.node.as_object().is_some()) => {
            Some(String::from("a map of objects"))
        }
        None => None,
    }
}

/// Builds a component name: joins the parts with dots, and replaces characters that component names cannot have.
fn build_component_name<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let name = parts.into_iter().collect::<Vec<_>>().join(".");
    name.replace(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)), "_")
}
