//! The target of a `$ref`.

use std::path::PathBuf;
use std::sync::Arc;

use crate::grammar::{ObjectKind, ValueKind};
use crate::pointer::unescape_token;
use crate::{Location, Node, Object, Value};

/// The identity of a target: its file, and the JSON pointer in the file.
pub(super) type TargetId = (PathBuf, String);

/// The target of a `$ref`.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) file: PathBuf,
    pub(super) pointer: String,
    /// The tree of the whole file. The node of the target is looked up in the tree by the pointer, instead of being
    /// copied for every reference.
    pub(super) tree: Arc<Node>,
}

impl Target {
    pub(super) fn id(&self) -> TargetId {
        (self.file.clone(), self.pointer.clone())
    }

    /// Returns a component name for the target: its key if it is an entry of a map of named objects (like `schemas`),
    /// the name of the file without the extension if it is a whole file, else its JSON pointer with dots for slashes.
    pub(super) fn component_name(&self) -> String {
        let tokens: Vec<String> = self.pointer.split('/').skip(1).map(unescape_token).collect();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens.as_slice() {
            // An empty pointer means that the target is a whole file, so the name is that of the file.
            [] => join_name_parts(self.file.file_stem().and_then(|stem| stem.to_str())),
            [name] | ["definitions" | "$defs" | "schemas", name] | ["components", _, name] => {
                (*name).to_owned()
            }
            ["components", _, rest @ ..] => join_name_parts(rest.iter().copied()),
            all => join_name_parts(all.iter().copied()),
        }
    }

    /// Returns a component name that starts with the folder (`schemas.user`), because files in several folders may have
    /// the same name; `None` if the target is not a whole file.
    pub(super) fn component_name_with_folder(&self) -> Option<String> {
        let folder = self.file.parent()?.file_name()?.to_str()?;
        self.pointer.is_empty().then(|| join_name_parts([folder, &self.component_name()]))
    }

    /// Returns the location of the target's key in the object that contains it.
    pub(super) fn key_location(&self) -> Location {
        let (parent, last) = self.pointer.rsplit_once('/').unwrap_or_default();
        let holder = self.tree.pointer(parent).and_then(Node::as_object);
        let entry = holder.and_then(|object| object.entry(&unescape_token(last)));
        entry.map_or_else(|| self.node().location.clone(), |entry| entry.key_location.clone())
    }

    /// Returns the node of the target.
    pub(super) fn node(&self) -> &Node {
        self.tree.pointer(&self.pointer).unwrap_or(&self.tree)
    }

    /// Returns a description of the target, like `a response`, if the target cannot be an object of `kind`; otherwise
    /// `None`. If the target is in the root file (`in_root`), its pointer tells its kind; in other files, only the keys
    /// of the object give a hint.
    pub(super) fn describe_if_wrong_kind(&self, kind: ObjectKind, in_root: bool) -> Option<String> {
        match in_root.then(|| find_kind_at_pointer(&self.pointer)).flatten() {
            Some(other) if other == kind => return None,
            Some(other) => return Some(other.name_with_article()),
            None => {}
        }
        match &self.node().value {
            // Only the keys of the object are compared with those of `kind`. The types of the values are left to the
            // structure check.
            Value::Object(object) => describe_apparent_kind(object, kind),
            Value::Bool(_) if kind == ObjectKind::Schema => None,
            other => Some(other.describe_type().to_owned()),
        }
    }
}

/// Returns the kind that the specification demands for the object at a pointer into an OpenAPI document; `None` if the
/// specification defines no object at that place.
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

/// Returns what the object, judged by its keys, seems to be instead of an object of `kind`, like `a response`; `None`
/// if all its keys fit `kind`, or if it does not look like anything else either.
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
        // If `kind` has none of the keys, and all values are objects, the target is probably a map with names as keys,
        // not an object with misspelled keys.
        None if fitting == 0 && own().all(|entry| entry.node.as_object().is_some()) => {
            Some(String::from("a map of objects"))
        }
        None => None,
    }
}

/// Joins the parts of a name with dots, and replaces characters that component names cannot have.
fn join_name_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let name = parts.into_iter().collect::<Vec<_>>().join(".");
    name.replace(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)), "_")
}
