//! The OpenAPI document of an API: the descriptions of the operations, and the properties that are marked as sensitive.

use std::collections::HashSet;

use partner_client::operation::OperationEntry;
use partner_spec::{Node, Source};
use serde_json::Value;

/// The OpenAPI document of an API.
pub(crate) struct Document {
    /// The root node of the document; `None` if the document could not be parsed. A test checks that all documents can
    /// be parsed.
    root: Option<Node>,
    /// The names of the properties and parameters whose values `Debug` may show. The name of a property or parameter
    /// that is marked as sensitive is never in this set.
    debug_visible_names: HashSet<String>,
}

/// An operation of the document, with the nodes that declare it.
#[derive(Clone, Copy)]
pub(crate) struct DocumentedOperation<'a> {
    root: &'a Node,
    path_item: &'a Node,
    operation: &'a Node,
}

/// An example of a request or a response.
#[derive(Clone, Copy)]
pub(crate) struct Example<'a> {
    /// The name of the example; empty if the document has a single `example` instead of named `examples`.
    pub(crate) name: &'a str,
    node: &'a Node,
}

impl Document {
    /// Parses a document that the build script has written. A document that cannot be parsed counts as a document
    /// without operations.
    pub(crate) fn parse(name: &str, json: &str) -> Document {
        let root = partner_spec::parse_source(&Source::new(name, json)).ok();
        let (mut declared, mut sensitive) = (HashSet::new(), HashSet::new());
        if let Some(root) = &root {
            collect_declared_and_sensitive_names(root, root, &mut declared, &mut sensitive);
        }
        let debug_visible_names = declared.difference(&sensitive).map(|name| (*name).to_owned()).collect();
        Document { debug_visible_names, root }
    }

    /// Returns the operation as the document declares it; `None` if the document does not have the operation.
    pub(crate) fn find_operation(&self, operation: &OperationEntry) -> Option<DocumentedOperation<'_>> {
        let root = self.root.as_ref()?;
        let path_item = root.get("paths")?.get(operation.path)?;
        let method = operation.method.to_ascii_lowercase();
        Some(DocumentedOperation { root, path_item, operation: path_item.get(&method)? })
    }

    /// Whether `Debug` may show the values of properties and parameters with this name. This is true if the document
    /// declares the name, and marks no property or parameter with this name as sensitive.
    pub(crate) fn are_values_shown_in_debug(&self, name: &str) -> bool {
        self.debug_visible_names.contains(name)
    }
}

/// Collects the names of all properties and parameters in `node` and its descendants. All names are added to
/// `declared`. The names of sensitive properties and parameters are also added to `sensitive`.
fn collect_declared_and_sensitive_names<'a>(
    root: &'a Node,
    node: &'a Node,
    declared: &mut HashSet<&'a str>,
    sensitive: &mut HashSet<&'a str>,
) {
    let properties = node.get_entries("properties").map(|entry| (entry.key.as_str(), &entry.node));
    let parameter = node.get_str("in").and_then(|_| Some((node.get_str("name")?, node)));
    for (name, schema) in properties.chain(parameter) {
        declared.insert(name);
        let is_sensitive =
            |node: &Node| node.resolve_reference(root).is_some_and(|node| node.value_is_true("x-sensitive"));
        if is_sensitive(schema) || schema.get_items("allOf").iter().any(is_sensitive) {
            sensitive.insert(name);
        }
    }
    let items = node.as_array().unwrap_or_default().iter();
    let values = node.as_object().into_iter().flat_map(|object| object.iter().map(|entry| &entry.node));
    for child in items.chain(values) {
        collect_declared_and_sensitive_names(root, child, declared, sensitive);
    }
}

impl<'a> DocumentedOperation<'a> {
    /// Returns the root node of the document, for resolving `$ref`s.
    pub(crate) fn document_root(self) -> &'a Node {
        self.root
    }

    /// Returns the parameters of the operation: those that the document declares for all operations of the path, and
    /// those that it declares for this operation.
    pub(crate) fn parameters(self) -> impl Iterator<Item = &'a Node> {
        let written =
            self.path_item.get_items("parameters").iter().chain(self.operation.get_items("parameters"));
        written.filter_map(move |parameter| parameter.resolve_reference(self.root))
    }

    /// Returns the declaration of the parameter with this name; `None` if the operation has no such parameter.
    pub(crate) fn find_parameter(self, name: &str) -> Option<&'a Node> {
        self.parameters().find(|parameter| parameter.get_str("name") == Some(name))
    }

    /// Returns the node that declares the request body; `None` if the operation has no request body.
    pub(crate) fn request_body(self) -> Option<&'a Node> {
        self.operation.get("requestBody")?.resolve_reference(self.root)
    }

    /// Returns the media types of a request body or a response, each with the node that has its schema and examples.
    pub(crate) fn media_types(self, body_or_response: &'a Node) -> impl Iterator<Item = (&'a str, &'a Node)> {
        body_or_response.get_entries("content").map(|entry| (entry.key.as_str(), &entry.node))
    }

    /// Returns the node that has the schema and the examples for request bodies of this media type; `None` if the
    /// operation does not accept the media type.
    pub(crate) fn find_request_media_type_node(self, media_type: &str) -> Option<&'a Node> {
        self.media_types(self.request_body()?).find(|(known, _)| *known == media_type).map(|(_, media)| media)
    }

    /// Returns the `x-pagination` extension, which tells where a page has its items and totals; `None` if the operation
    /// does not return pages.
    pub(crate) fn pagination_extension(self) -> Option<&'a Node> {
        self.operation.get("x-pagination")
    }

    /// Returns the documented responses, each with its key in the document: `200`, `2XX`, …
    pub(crate) fn responses(self) -> impl Iterator<Item = (&'a str, &'a Node)> {
        let entries = self.operation.get_entries("responses");
        entries.filter_map(move |entry| Some((entry.key.as_str(), entry.node.resolve_reference(self.root)?)))
    }

    /// Returns the examples of a media type, in the order of the document.
    pub(crate) fn examples_of_media_type(self, media: &'a Node) -> Vec<Example<'a>> {
        let named = media.get_entries("examples").filter_map(|entry| {
            let node = entry.node.resolve_reference(self.root)?.get("value")?;
            Some(Example { name: entry.key.as_str(), node })
        });
        let single = media.get("example").map(|node| Example { name: "", node });
        named.chain(single).collect()
    }

    /// Returns the example bodies of failures, each with the key of its response in the document: `400`, `4XX`, …
    pub(crate) fn failure_example_bodies(self) -> impl Iterator<Item = (&'a str, Value)> {
        let failures = self.responses().filter(|(status, _)| !status.starts_with('2'));
        let media = failures.flat_map(move |(status, response)| {
            self.media_types(response).map(move |(_, media)| (status, media))
        });
        media.flat_map(move |(status, media)| {
            self.examples_of_media_type(media).into_iter().map(move |example| (status, example.to_json()))
        })
    }
}

impl Example<'_> {
    /// Converts the example to JSON.
    pub(crate) fn to_json(self) -> Value {
        node_to_json(self.node)
    }
}

/// Converts a node of the document to JSON.
pub(crate) fn node_to_json(node: &Node) -> Value {
    // The JSON text of a node is always valid, so parsing it does not fail, and the default is never used.
    serde_json::from_str(&node.to_json()).unwrap_or_default()
}
