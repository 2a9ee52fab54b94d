//! The operations of a document, with what a path item gives to all of its operations.

use std::collections::HashSet;

use partner_spec::{Kind, Location, METHODS, Node};

use super::place::{Place, PlaceId};

/// One method of one path.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// The HTTP method in lower case.
    pub method: &'a str,
    /// The path template.
    pub path: &'a str,
    /// Where the path template stands.
    pub path_location: &'a Location,
    /// The path item that it is in.
    pub item: &'a Node,
    /// The operation object.
    pub place: Place<'a>,
    /// The document.
    root: &'a Node,
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'a> {
    /// `name`.
    pub name: &'a str,
    /// `in`.
    pub place: &'a str,
    /// The parameter object, references followed.
    pub node: &'a Node,
    /// Where the operation or its path item names it: the object itself or the `$ref` to it.
    pub used_at: &'a Location,
    /// Whether it is the path item's.
    pub shared: bool,
}

impl<'a> Operation<'a> {
    /// `operationId`, when there is one.
    pub fn id(&self) -> Option<&'a str> {
        self.place.node.str("operationId")
    }

    /// For messages: `GET /users/{id}`.
    pub fn title(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// Where it is pointed at when it is meant as a whole: its `operationId`, else its method.
    pub fn location(&self) -> Location {
        match self.place.node.get("operationId") {
            Some(id) => id.location.clone(),
            None => self.place.key_location.clone(),
        }
    }

    /// A part of it, or what the part refers to; nothing for a reference that leads nowhere.
    pub fn follow(&self, part: &'a Node) -> Option<&'a Node> {
        part.follow(self.root)
    }

    /// Its parameters: those of the path item that it does not replace, then its own. Duplicates within one list
    /// are all there.
    pub fn parameters(&self) -> Vec<Parameter<'a>> {
        let own = parameters(self.place.node, self.root, false);
        let shared = parameters(self.item, self.root, true);
        let replaced: HashSet<_> = own.iter().map(|p| (p.name, p.place)).collect();
        shared
            .into_iter()
            .filter(|p| !replaced.contains(&(p.name, p.place)))
            .chain(own.iter().copied())
            .collect()
    }

    /// Its responses by status code, references followed.
    pub fn responses(&self) -> Vec<(&'a str, &'a Node)> {
        let entries = self.place.node.entries("responses").filter(|e| !e.key.starts_with("x-"));
        entries.filter_map(|e| Some((e.key.as_str(), e.node.follow(self.root)?))).collect()
    }

    /// The security requirements that apply: its own, else those of the document.
    pub fn security(&self) -> &'a [Node] {
        match self.place.node.get("security") {
            Some(own) => own.as_array().unwrap_or(&[]),
            None => self.root.items("security"),
        }
    }

    /// Whether no call succeeds without a credential.
    pub fn needs_credentials(&self) -> bool {
        let requirements = self.security();
        let optional = |node: &Node| node.as_object().is_none_or(|object| object.is_empty());
        !requirements.is_empty() && !requirements.iter().any(optional)
    }
}

/// The parameters of a `parameters` list that have a name and a place.
fn parameters<'a>(holder: &'a Node, root: &'a Node, shared: bool) -> Vec<Parameter<'a>> {
    let read = |used: &'a Node| {
        let node = used.follow(root)?;
        Some(Parameter {
            name: node.str("name")?,
            place: node.str("in")?,
            node,
            used_at: &used.location,
            shared,
        })
    };
    holder.items("parameters").iter().filter_map(read).collect()
}

/// The operations among the objects of a document, outer objects first: those of `paths`.
pub(super) fn operations<'a>(places: &[Place<'a>], root: &'a Node) -> Vec<Operation<'a>> {
    let holder = |place: &Place<'a>, kind: Kind| {
        let PlaceId(number) = place.parent?;
        places.get(number).filter(|holder| holder.kind == kind && !holder.is_reference())
    };
    let operation = |place: &Place<'a>| {
        let item = holder(place, Kind::PathItem).filter(|item| holder(item, Kind::Paths).is_some())?;
        let method = METHODS.contains(&place.field).then_some(place.field)?;
        let (path, path_location) = (item.name?, item.key_location);
        Some(Operation { method, path, path_location, item: item.node, place: *place, root })
    };
    let objects = places.iter().filter(|place| place.kind == Kind::Operation && !place.is_reference());
    objects.filter_map(operation).collect()
}
