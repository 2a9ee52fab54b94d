//! The document of an API: what it says of each operation, and which properties it marks as sensitive.

use std::collections::HashSet;

use partner_client::operation::Operation;
use partner_spec::{Node, Source};
use serde_json::Value;

/// The document of an API.
pub(crate) struct Document {
    /// None when it could not be parsed. A test makes sure that it can.
    root: Option<Node>,
    /// The names of properties and parameters that may be shown. A name is left out when any of its declarations is
    /// marked as sensitive.
    public_names: HashSet<String>,
}

/// An operation as the document describes it.
#[derive(Clone, Copy)]
pub(crate) struct DocumentedOperation<'a> {
    root: &'a Node,
    path_item: &'a Node,
    operation: &'a Node,
}

/// An example of a request or a response.
#[derive(Clone, Copy)]
pub(crate) struct Example<'a> {
    /// Its name. It is empty when the example is the only one.
    pub(crate) name: &'a str,
    node: &'a Node,
}

impl Document {
    /// Parses a document that the build script has written. One that cannot be parsed has no operations.
    pub(crate) fn parse(name: &str, json: &str) -> Document {
        let root = partner_spec::parse(&Source::new(name, json)).ok();
        let (mut declared, mut sensitive) = (HashSet::new(), HashSet::new());
        if let Some(root) = &root {
            collect_names(root, root, &mut declared, &mut sensitive);
        }
        let public_names = declared.difference(&sensitive).map(|name| (*name).to_owned()).collect();
        Document { public_names, root }
    }

    /// What the document says of an operation of the client.
    pub(crate) fn operation(&self, operation: &Operation) -> Option<DocumentedOperation<'_>> {
        let root = self.root.as_ref()?;
        let path_item = root.get("paths")?.get(operation.path)?;
        let method = operation.method.to_ascii_lowercase();
        Some(DocumentedOperation { root, path_item, operation: path_item.get(&method)? })
    }

    /// Whether the value of a property or parameter may be shown: the document declares it, and nowhere marks it as
    /// sensitive.
    pub(crate) fn is_public(&self, name: &str) -> bool {
        self.public_names.contains(name)
    }
}

/// Collects the names of all properties and parameters below a node, and those that are marked as sensitive.
fn collect_names<'a>(
    root: &'a Node,
    node: &'a Node,
    declared: &mut HashSet<&'a str>,
    sensitive: &mut HashSet<&'a str>,
) {
    let properties = node.entries("properties").map(|entry| (entry.key.as_str(), &entry.node));
    let parameter = node.str("in").and_then(|_| Some((node.str("name")?, node)));
    for (name, schema) in properties.chain(parameter) {
        declared.insert(name);
        let is_sensitive = |node: &Node| node.follow(root).is_some_and(|node| node.flag("x-sensitive"));
        if is_sensitive(schema) || schema.items("allOf").iter().any(is_sensitive) {
            sensitive.insert(name);
        }
    }
    let items = node.as_array().unwrap_or_default().iter();
    let values = node.as_object().into_iter().flat_map(|object| object.iter().map(|entry| &entry.node));
    for child in items.chain(values) {
        collect_names(root, child, declared, sensitive);
    }
}

impl<'a> DocumentedOperation<'a> {
    /// The whole document, in which references are looked up.
    pub(crate) fn root(self) -> &'a Node {
        self.root
    }

    /// The parameters, those of the path item included.
    pub(crate) fn parameters(self) -> impl Iterator<Item = &'a Node> {
        let written = self.path_item.items("parameters").iter().chain(self.operation.items("parameters"));
        written.filter_map(move |parameter| parameter.follow(self.root))
    }

    /// The parameter with this name.
    pub(crate) fn parameter(self, name: &str) -> Option<&'a Node> {
        self.parameters().find(|parameter| parameter.str("name") == Some(name))
    }

    /// The request body.
    pub(crate) fn body(self) -> Option<&'a Node> {
        self.operation.get("requestBody")?.follow(self.root)
    }

    /// The media types that a request body or a response may have, each with its description.
    pub(crate) fn media_types(self, holder: &'a Node) -> impl Iterator<Item = (&'a str, &'a Node)> {
        holder.entries("content").map(|entry| (entry.key.as_str(), &entry.node))
    }

    /// What the document says of the request body with this media type.
    pub(crate) fn request_media(self, media_type: &str) -> Option<&'a Node> {
        self.media_types(self.body()?).find(|(known, _)| *known == media_type).map(|(_, media)| media)
    }

    /// Where the parts of a page are, when the operation returns a list page by page.
    pub(crate) fn pagination(self) -> Option<&'a Node> {
        self.operation.get("x-pagination")
    }

    /// The documented responses, each with its status as written: `200`, `2XX`, ...
    pub(crate) fn responses(self) -> impl Iterator<Item = (&'a str, &'a Node)> {
        let entries = self.operation.entries("responses");
        entries.filter_map(move |entry| Some((entry.key.as_str(), entry.node.follow(self.root)?)))
    }

    /// The examples of a media type, in the order of the document.
    pub(crate) fn examples(self, media: &'a Node) -> Vec<Example<'a>> {
        let named = media.entries("examples").filter_map(|entry| {
            let node = entry.node.follow(self.root)?.get("value")?;
            Some(Example { name: entry.key.as_str(), node })
        });
        let single = media.get("example").map(|node| Example { name: "", node });
        named.chain(single).collect()
    }

    /// The bodies of failures in the examples, each with its status as written.
    pub(crate) fn failures(self) -> impl Iterator<Item = (&'a str, Value)> {
        let failures = self.responses().filter(|(status, _)| !status.starts_with('2'));
        let media = failures.flat_map(move |(status, response)| {
            self.media_types(response).map(move |(_, media)| (status, media))
        });
        media.flat_map(move |(status, media)| {
            self.examples(media).into_iter().map(move |example| (status, example.value()))
        })
    }
}

impl Example<'_> {
    /// The example as JSON.
    pub(crate) fn value(&self) -> Value {
        to_value(self.node)
    }
}

/// A part of the document as JSON.
pub(crate) fn to_value(node: &Node) -> Value {
    // A node is always written as valid JSON.
    serde_json::from_str(&node.to_json()).unwrap_or_default()
}
