//! What a `$ref` leads to.

use std::path::PathBuf;
use std::sync::Arc;

use crate::grammar::{Holds, Kind};
use crate::pointer::unescape;
use crate::{Location, Node, Object, Value};

/// Where something stands for references: its file, and the JSON pointer in it.
pub(super) type Id = (PathBuf, String);

/// What a `$ref` leads to, in the end.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) file: PathBuf,
    pub(super) pointer: String,
    /// The tree of the file: a target is looked up in it instead of being copied for every reference to it.
    pub(super) tree: Arc<Node>,
}

impl Target {
    pub(super) fn id(&self) -> Id {
        (self.file.clone(), self.pointer.clone())
    }

    /// What the target is called: its own name where it is one of a map of named things, else the way to it.
    pub(super) fn name(&self) -> String {
        let tokens: Vec<String> = self.pointer.split('/').skip(1).map(unescape).collect();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens.as_slice() {
            // A file that is one schema.
            [] => dotted(self.file.file_stem().and_then(|stem| stem.to_str())),
            [name] | ["definitions" | "$defs" | "schemas", name] | ["components", _, name] => {
                (*name).to_owned()
            }
            ["components", _, rest @ ..] => dotted(rest.iter().copied()),
            all => dotted(all.iter().copied()),
        }
    }

    /// Another name, for a file that is one schema and called like one in another folder.
    pub(super) fn longer_name(&self) -> Option<String> {
        let folder = self.file.parent()?.file_name()?.to_str()?;
        self.pointer.is_empty().then(|| dotted([folder, &self.name()]))
    }

    /// Where the name of the target stands: its key in the object that holds it.
    pub(super) fn key_location(&self) -> Location {
        let (parent, last) = self.pointer.rsplit_once('/').unwrap_or_default();
        let holder = self.tree.pointer(parent).and_then(Node::as_object);
        let entry = holder.and_then(|object| object.entry(&unescape(last)));
        entry.map_or_else(|| self.node().location.clone(), |entry| entry.key_location.clone())
    }

    /// The node itself. It was there when the target was made.
    pub(super) fn node(&self) -> &Node {
        self.tree.pointer(&self.pointer).unwrap_or(&self.tree)
    }

    /// What the target is, when it cannot be an object of that kind. `in_root` says whether it is in the file that
    /// holds the OpenAPI object: there, the place says what it is; elsewhere, its keys do.
    pub(super) fn misfit(&self, kind: Kind, in_root: bool) -> Option<String> {
        match in_root.then(|| kind_at(&self.pointer)).flatten() {
            Some(other) if other == kind => return None,
            Some(other) => return Some(other.with_article()),
            None => {}
        }
        match &self.node().value {
            // Whether there may be booleans, nothing, ... in the place of an object is looked at later.
            Value::Object(object) => shape_misfit(object, kind),
            Value::Bool(_) if kind == Kind::Schema => None,
            other => Some(other.describe().to_owned()),
        }
    }
}

/// The kind of the object at a pointer into an OpenAPI document, when it is the pointer of one.
fn kind_at(pointer: &str) -> Option<Kind> {
    let mut place = Holds::One(Kind::OpenApi);
    for token in pointer.strip_prefix('/')?.split('/') {
        place = match place {
            Holds::One(kind) | Holds::OneOrBool(kind) => kind.holds(&unescape(token))?,
            Holds::List(kind) | Holds::Map(kind) => Holds::One(kind),
            _ => return None,
        };
    }
    match place {
        Holds::One(kind) | Holds::OneOrBool(kind) => Some(kind),
        _ => None,
    }
}

/// What an object is, by its keys, when they are not those of a kind.
fn shape_misfit(object: &Object, kind: Kind) -> Option<String> {
    let own = || object.iter().filter(|entry| !entry.key.starts_with("x-"));
    let known = |kind: Kind| own().filter(|entry| kind.holds(&entry.key).is_some()).count();
    let (all, fitting) = (own().count(), known(kind));
    if fitting == all || matches!(kind, Kind::Callback) {
        return None;
    }
    let complete = |other: &Kind| {
        known(*other) == all
            && other.fields().iter().all(|(key, _, required)| !required || object.contains(key))
    };
    let others = [
        Kind::Parameter,
        Kind::Response,
        Kind::RequestBody,
        Kind::SecurityScheme,
        Kind::PathItem,
        Kind::Operation,
        Kind::Schema,
        Kind::MediaType,
        Kind::OpenApi,
    ];
    match others.into_iter().filter(|other| *other != kind).find(complete) {
        Some(other) => Some(other.with_article()),
        // Its keys are rather names than typing mistakes.
        None if fitting == 0 && own().all(|entry| entry.node.as_object().is_some()) => {
            Some(String::from("a map of objects"))
        }
        None => None,
    }
}

/// The parts of a name, with what a name may not have replaced.
fn dotted<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let name = parts.into_iter().collect::<Vec<_>>().join(".");
    name.replace(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)), "_")
}
