//! The operations of a document, with the parameters and servers that they inherit from their path items.

use std::collections::HashSet;

use partner_spec::{Entry, HTTP_METHODS, Location, Node, ObjectKind};

use super::place::{Place, PlaceId};

/// An operation of the document: one method of one path.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// The HTTP method in lower case.
    pub method: &'a str,
    /// The path template, like `/users/{id}`.
    pub path_template: &'a str,
    /// The location of the path template in the document.
    pub path_template_location: &'a Location,
    /// The path item that contains the operation.
    pub path_item: &'a Node,
    /// The place of the operation object in the document.
    pub place: Place<'a>,
    /// The document's root: its OpenAPI object.
    root: &'a Node,
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'a> {
    /// `name`.
    pub name: &'a str,
    /// `in`.
    pub place: &'a str,
    /// The parameter object. If the operation contains a reference to a parameter, this is the target of the reference.
    pub node: &'a Node,
    /// The location of the parameter's item in the list `parameters` of the operation or of its path item. The item may
    /// be a `$ref`.
    pub list_item_location: &'a Location,
    /// Whether the parameter is declared in the path item, so that all operations of the path share it.
    pub is_declared_in_path_item: bool,
}

impl<'a> Operation<'a> {
    /// Returns the `operationId`, if there is one.
    pub fn id(&self) -> Option<&'a str> {
        self.place.node.get_str("operationId")
    }

    /// Returns the method and path for messages, like `GET /users/{id}`.
    pub fn method_and_path(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path_template)
    }

    /// Returns the location for findings about the operation as a whole: that of the `operationId` if there is one,
    /// otherwise that of the HTTP method.
    pub fn location(&self) -> Location {
        match self.place.node.get("operationId") {
            Some(id) => id.location.clone(),
            None => self.place.key_location.clone(),
        }
    }

    /// Returns the target of `part` if `part` is a reference, otherwise `part` itself; `None` if the target does not
    /// exist. `part` can be any node inside the operation or inside the path item of the operation.
    pub fn resolve_reference(&self, part: &'a Node) -> Option<&'a Node> {
        part.resolve_reference(self.root)
    }

    /// Returns the parameters that apply to the operation. The parameters of the path item come first, without those
    /// that the operation overrides. The operation's own parameters follow. Duplicates within one of these lists are
    /// kept.
    pub fn effective_parameters(&self) -> Vec<Parameter<'a>> {
        let own = read_parameter_list(self.place.node, self.root, false);
        let shared = read_parameter_list(self.path_item, self.root, true);
        let replaced: HashSet<_> = own.iter().map(|p| (p.name, p.place)).collect();
        shared
            .into_iter()
            .filter(|p| !replaced.contains(&(p.name, p.place)))
            .chain(own.iter().copied())
            .collect()
    }

    /// Returns the status codes and responses of the operation, with references resolved.
    pub fn resolved_responses_by_status(&self) -> Vec<(&'a str, &'a Node)> {
        let entries = self.place.node.get_entries("responses").filter(|e| !e.key.starts_with("x-"));
        entries.filter_map(|e| Some((e.key.as_str(), e.node.resolve_reference(self.root)?))).collect()
    }

    /// Returns the security requirements that apply to the operation: its own, or those of the document if the
    /// operation has no key `security`.
    pub fn security_requirements(&self) -> &'a [Node] {
        match self.place.node.get("security") {
            Some(own) => own.as_array().unwrap_or(&[]),
            None => self.root.get_items("security"),
        }
    }

    /// Returns the servers that override the document's servers: those of the operation, or else those of its path
    /// item. An empty list counts as absent.
    pub fn overriding_servers(&self) -> Option<&'a Entry> {
        let servers = |holder: &'a Node| holder.as_object()?.entry("servers");
        let is_filled = |entry: &&Entry| entry.node.as_array().is_some_and(|servers| !servers.is_empty());
        servers(self.place.node).filter(is_filled).or_else(|| servers(self.path_item).filter(is_filled))
    }

    /// Whether every call of the operation needs a credential.
    pub fn always_needs_credentials(&self) -> bool {
        let requirements = self.security_requirements();
        let optional = |node: &Node| node.as_object().is_none_or(|object| object.is_empty());
        !requirements.is_empty() && !requirements.iter().any(optional)
    }
}

/// Returns the parameters that an operation or path item lists in its `parameters`. Parameters without `name` or `in`
/// are left out.
fn read_parameter_list<'a>(holder: &'a Node, root: &'a Node, is_shared: bool) -> Vec<Parameter<'a>> {
    let read = |used: &'a Node| {
        let node = used.resolve_reference(root)?;
        Some(Parameter {
            name: node.get_str("name")?,
            place: node.get_str("in")?,
            node,
            list_item_location: &used.location,
            is_declared_in_path_item: is_shared,
        })
    };
    holder.get_items("parameters").iter().filter_map(read).collect()
}

/// Returns the operations in the `paths` of a document. `places` must list every [`Place`] in the document.
pub(super) fn find_operations<'a>(places: &[Place<'a>], root: &'a Node) -> Vec<Operation<'a>> {
    let holder = |place: &Place<'a>, kind: ObjectKind| {
        let PlaceId(number) = place.parent_id?;
        places.get(number).filter(|holder| holder.kind == kind && !holder.is_reference())
    };
    let operation = |place: &Place<'a>| {
        let item =
            holder(place, ObjectKind::PathItem).filter(|item| holder(item, ObjectKind::Paths).is_some())?;
        let method = HTTP_METHODS.contains(&place.key_in_parent).then_some(place.key_in_parent)?;
        let (path, path_location) = (item.map_key?, item.key_location);
        Some(Operation {
            method,
            path_template: path,
            path_template_location: path_location,
            path_item: item.node,
            place: *place,
            root,
        })
    };
    let objects = places.iter().filter(|place| place.kind == ObjectKind::Operation && !place.is_reference());
    objects.filter_map(operation).collect()
}
