//! The operations of a document, with what a path item gives to all of its operations.

use std::collections::{HashMap, HashSet};

use partner_spec::{Kind, Location, METHODS, Node};

use super::{Index, Place};

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

    /// Its parameters: those of the path item that it does not replace, then its own. Duplicates within one list
    /// are all there.
    pub fn parameters(&self, index: &Index<'a>) -> Vec<Parameter<'a>> {
        let own = parameters(self.place.node, index, false);
        let shared = parameters(self.item, index, true);
        let replaced: HashSet<_> = own.iter().map(|p| (p.name, p.place)).collect();
        shared
            .into_iter()
            .filter(|p| !replaced.contains(&(p.name, p.place)))
            .chain(own.iter().copied())
            .collect()
    }

    /// Its responses by status code, references followed.
    pub fn responses(&self, index: &Index<'a>) -> Vec<(&'a str, &'a Node)> {
        let entries = self.place.node.entries("responses").filter(|e| !e.key.starts_with("x-"));
        entries.filter_map(|e| Some((e.key.as_str(), index.resolve(&e.node)?))).collect()
    }

    /// The security requirements that apply: its own, else those of the document.
    pub fn security(&self, index: &Index<'a>) -> &'a [Node] {
        match self.place.node.get("security") {
            Some(own) => own.as_array().unwrap_or(&[]),
            None => index.root.items("security"),
        }
    }

    /// Whether no call succeeds without a credential.
    pub fn needs_credentials(&self, index: &Index<'a>) -> bool {
        let requirements = self.security(index);
        let optional = |node: &Node| node.as_object().is_none_or(|object| object.is_empty());
        !requirements.is_empty() && !requirements.iter().any(optional)
    }
}

/// The parameters of a `parameters` list that have a name and a place.
fn parameters<'a>(holder: &'a Node, index: &Index<'a>, shared: bool) -> Vec<Parameter<'a>> {
    let read = |used: &'a Node| {
        let node = index.resolve(used)?;
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

pub(super) fn operations<'a>(index: &Index<'a>) -> Vec<Operation<'a>> {
    let items: HashMap<_, _> = index
        .each(Kind::PathItem)
        .filter(|item| index.parent(item).is_some_and(|parent| parent.kind == Kind::Paths))
        .map(|item| (item.id, item))
        .collect();
    let operation = |place: &Place<'a>| {
        let item = items.get(&place.parent?)?;
        let method = METHODS.contains(&place.field).then_some(place.field)?;
        let path = item.name?;
        Some(Operation { method, path, path_location: item.key_location, item: item.node, place: *place })
    };
    index.each(Kind::Operation).filter_map(operation).collect()
}
