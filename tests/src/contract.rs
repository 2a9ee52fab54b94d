//! The contract of an API: the operations, parameters and examples in its document, with which the tests compare what
//! goes over the wire. The contract is read from the YAML alone, without the model and the generator, which are under
//! test.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use partner_model::index::{self, DocumentIndex};
use partner_spec::{Api, Document, HTTP_METHODS, Node};
use serde_json::Value;

use crate::case::UUID;

/// The contract of an API, read from its document.
#[derive(Clone, Copy)]
pub struct Contract {
    index: &'static DocumentIndex<'static>,
}

/// The contracts that were read so far, because a test needs the same contract many times.
static CONTRACTS: LazyLock<Mutex<HashMap<Api, Contract>>> = LazyLock::new(Mutex::default);

/// The location in a request where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name of the parameter on the wire.
    pub name: String,
    /// The location of the parameter.
    pub location: ParameterLocation,
    /// Whether the parameter is required.
    pub required: bool,
    /// Whether the value of the parameter can be any text.
    pub is_text: bool,
    /// A value of the parameter: its example, or a value that its schema allows.
    pub value: Value,
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub struct Part {
    /// The name of the part.
    pub name: String,
    /// The content of the part.
    pub content: PartContent,
}

/// The content of a part of a multipart body.
#[derive(Clone, Debug)]
pub enum PartContent {
    /// A value.
    Value(Value),
    /// One file.
    File,
    /// Several files, each in a part of its own.
    Files,
}

/// An operation of a document.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    contract: &'a Contract,
    read: &'a index::Operation<'static>,
    /// The HTTP method in upper case.
    pub method: &'static str,
    /// The path template of the operation.
    pub path: &'a str,
}

/// A documented example, with its schema.
pub struct Example<'a> {
    /// The name of the example; empty if the document gives a single `example`.
    pub name: &'a str,
    /// The value of the example.
    pub value: Value,
    /// The schema of the example.
    pub schema: &'a Node,
}

/// A documented response.
pub struct DocumentedResponse<'a> {
    /// The status in the document: a number, or a range like `2XX`.
    pub status: &'a str,
    /// The content types of the response, each with its examples.
    pub content: Vec<(&'a str, Vec<Example<'a>>)>,
}

impl DocumentedResponse<'_> {
    /// Whether the status is a success status.
    pub fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }

    /// Returns the status; for the range `2XX`, several of its statuses.
    pub fn statuses(&self) -> Vec<u16> {
        match self.status {
            "2XX" => vec![200, 201, 202],
            number => vec![number.parse().expect("a status")],
        }
    }
}

impl Contract {
    /// Returns the contract of an API.
    pub fn read(api: Api) -> Contract {
        let read = || {
            let document = partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder())
                .expect("the document is valid");
            let document: &'static Document = Box::leak(Box::new(document));
            Contract { index: Box::leak(Box::new(DocumentIndex::new(document))) }
        };
        *CONTRACTS.lock().expect("no test panics while it reads").entry(api).or_insert_with(read)
    }

    /// Returns the name of the header that carries the API key, in lower case.
    pub fn key_header(&self) -> String {
        let schemes = self.index.root.pointer("/components/securitySchemes").and_then(Node::as_object);
        let mut schemes = schemes.into_iter().flat_map(|schemes| schemes.iter());
        let name = schemes.find_map(|scheme| scheme.node.get_str("name")).expect("the API has a key");
        name.to_ascii_lowercase()
    }

    /// Returns the property of the envelope that has the data of a response; `None` if the API has no envelope.
    pub fn envelope(&self) -> Option<&'static str> {
        self.index.root.get("x-envelope")?.get_str("data")
    }

    /// Follows the `$ref`s of a node.
    pub fn resolve<'a>(&self, node: &'a Node) -> &'a Node {
        node.resolve_reference(self.index.root).expect("references have a target")
    }

    /// Returns all operations, in the order of the document.
    pub fn operations(&self) -> Vec<Operation<'_>> {
        let operation = |read: &'static index::Operation<'static>| {
            let method = HTTP_METHODS.iter().position(|method| *method == read.method).expect("a method");
            let method = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"][method];
            Operation { contract: self, read, method, path: read.path_template }
        };
        self.index.operations().iter().map(operation).collect()
    }

    /// Returns the operation with this operationId.
    pub fn operation(&self, id: &str) -> Operation<'_> {
        self.operations()
            .into_iter()
            .find(|operation| operation.id() == id)
            .expect("the operation is documented")
    }

    /// Returns the names of the types of ids and codes (`x-newtype`).
    pub fn newtypes(&self) -> Vec<String> {
        let schemas = self.index.root.pointer("/components/schemas").and_then(Node::as_object);
        let schemas = schemas.into_iter().flat_map(|schemas| schemas.iter());
        let newtypes =
            schemas.map(|entry| self.resolve(&entry.node)).filter(|node| node.value_is_true("x-newtype"));
        newtypes.filter_map(|node| node.get_str("title").map(str::to_owned)).collect()
    }

    /// Returns the names of the schemas that no operation needs, but that get a type (`x-public`), like the payloads of
    /// webhooks.
    pub fn public_schemas(&self) -> Vec<&str> {
        let schemas = self.index.root.pointer("/components/schemas").and_then(Node::as_object);
        let public = schemas.into_iter().flat_map(|schemas| schemas.iter());
        let public = public.filter(|entry| self.resolve(&entry.node).value_is_true("x-public"));
        public.map(|entry| entry.key.as_str()).collect()
    }

    /// Returns the example of the schema with this name.
    pub fn schema_example<'a>(&'a self, name: &'a str) -> Option<Example<'a>> {
        let schema = self.resolve(self.index.find_component_schema(name)?);
        schema.get("example").map(|node| Example { name, value: json(node), schema })
    }

    fn examples<'a>(&'a self, media: &'a Node) -> Vec<Example<'a>> {
        let Some(schema) = media.get("schema") else { return Vec::new() };
        let example = |name: &'a str, node: &'a Node| Example { name, value: json(node), schema };
        let only = media.get("example").into_iter().map(|node| example("", node));
        let named = media.get_entries("examples").map(|entry| {
            let value = self.resolve(&entry.node).get("value").expect("an example has a value");
            example(&entry.key, value)
        });
        only.chain(named).collect()
    }

    fn content<'a>(&'a self, node: &'a Node) -> Vec<(&'a str, Vec<Example<'a>>)> {
        node.get_entries("content").map(|entry| (entry.key.as_str(), self.examples(&entry.node))).collect()
    }
}

impl<'a> Operation<'a> {
    /// Returns the operationId.
    pub fn id(&self) -> &'a str {
        self.read.id().expect("an operation has an id")
    }

    /// Whether the operation only reads.
    pub fn is_read(&self) -> bool {
        matches!(self.method, "GET" | "HEAD")
    }

    /// Whether the operation accepts an API key.
    pub fn takes_key(&self) -> bool {
        self.read.security_requirements().iter().any(names_a_scheme)
    }

    /// Whether the operation requires an API key.
    pub fn needs_key(&self) -> bool {
        self.read.always_needs_credentials()
    }

    /// Returns the parameters of the operation.
    pub fn parameters(&self) -> Vec<Parameter> {
        let parameters = self.read.effective_parameters().into_iter().enumerate();
        let parameter = |(index, parameter): (usize, index::Parameter<'static>)| {
            let node = parameter.node;
            let location = match parameter.place {
                "path" => ParameterLocation::Path,
                "query" => ParameterLocation::Query,
                _ => ParameterLocation::Header,
            };
            let name = node.get_str("name").expect("a parameter has a name").to_owned();
            let schema = self.contract.resolve(node.get("schema").expect("a parameter has a schema"));
            let is_text = is_text(schema);
            let value = match node.get("example").or_else(|| schema.get("example")) {
                // A text in the path is the name of its parameter, so a test notices if two values are swapped.
                _ if is_text && location == ParameterLocation::Path => Value::from(name.as_str()),
                Some(example) => json(example),
                None => sample_value(schema, &name, index),
            };
            Parameter { name, location, required: node.value_is_true("required"), is_text, value }
        };
        parameters.map(parameter).collect()
    }

    /// Returns the schemas of the parameters, each with the name of its parameter.
    pub fn parameter_schemas(&self) -> Vec<(&'static str, &'static Node)> {
        let parameters = self.read.effective_parameters().into_iter().map(|parameter| parameter.node);
        parameters.filter_map(|node| Some((node.get_str("name")?, node.get("schema")?))).collect()
    }

    /// Returns the names of the parameters in this location whose value can be any text.
    pub fn free_text_parameters(&self, location: ParameterLocation) -> Vec<String> {
        let parameters = self.parameters().into_iter();
        let texts = parameters.filter(|parameter| parameter.is_text && parameter.location == location);
        texts.map(|parameter| parameter.name).collect()
    }

    /// Returns the parts of the operation's multipart body.
    pub fn parts(&self) -> Vec<Part> {
        let body = self.read.place.node.get("requestBody").map(|body| self.contract.resolve(body));
        let schema = body.and_then(|body| body.get("content")?.get("multipart/form-data")?.get("schema"));
        let part = |(index, entry): (usize, &'static partner_spec::Entry)| {
            let schema = self.contract.resolve(&entry.node);
            let items = schema.get("items").map(|items| self.contract.resolve(items));
            let content = match items {
                Some(items) if items.get_str("format") == Some("binary") => PartContent::Files,
                _ if schema.get_str("format") == Some("binary") => PartContent::File,
                _ => PartContent::Value(
                    schema.get("example").map_or_else(|| sample_value(schema, &entry.key, index), json),
                ),
            };
            Part { name: entry.key.clone(), content }
        };
        let properties =
            schema.into_iter().flat_map(|schema| self.contract.resolve(schema).get_entries("properties"));
        properties.enumerate().map(part).collect()
    }

    /// Returns the content types of the request body, each with its examples.
    pub fn request_content(&self) -> Vec<(&'a str, Vec<Example<'a>>)> {
        self.read
            .place
            .node
            .get("requestBody")
            .map(|body| self.contract.content(self.contract.resolve(body)))
            .unwrap_or_default()
    }

    /// Returns the examples of the request body with this content type.
    pub fn request_examples(&self, content_type: &str) -> Vec<Example<'a>> {
        self.request_content()
            .into_iter()
            .filter(|(key, _)| *key == content_type)
            .flat_map(|(_, list)| list)
            .collect()
    }

    /// Returns the example of the request body with this content type and name.
    pub fn request_example(&self, content_type: &str, name: &str) -> Value {
        let mut examples = self.request_examples(content_type).into_iter();
        examples.find(|example| example.name == name).expect("the example is documented").value
    }

    /// Whether the operation returns a page of a list.
    pub fn is_paged(&self) -> bool {
        self.read.place.node.get("x-pagination").is_some()
    }

    /// Returns the documented responses of the operation.
    pub fn responses(&self) -> Vec<DocumentedResponse<'a>> {
        let responses = self.read.resolved_responses_by_status().into_iter();
        responses
            .map(|(status, response)| DocumentedResponse { status, content: self.contract.content(response) })
            .collect()
    }
}

fn names_a_scheme(alternative: &Node) -> bool {
    alternative.as_object().is_some_and(|schemes| schemes.iter().next().is_some())
}

/// Whether a value of the schema can be any text. This includes open enums, which may get values that are not
/// documented yet.
fn is_text(schema: &Node) -> bool {
    schema.get_str("type") == Some("string")
        && schema.get("format").is_none()
        && !schema.value_is_true("x-closed-enum")
}

/// Returns a value that a schema allows. `index` makes the numbers in one request distinct.
fn sample_value(schema: &Node, name: &str, index: usize) -> Value {
    match (schema.get_str("type"), schema.get_str("format")) {
        _ if schema.get("enum").is_some() => json(&schema.get_items("enum")[0]),
        (Some("integer"), _) => Value::from(index + 1),
        (Some("boolean"), _) => Value::from(true),
        (Some("string"), Some("uuid")) => Value::from(UUID),
        (Some("string"), Some("date")) => Value::from("2026-01-02"),
        (Some("string"), Some("decimal")) => Value::from(format!("{}.50", index + 1)),
        (Some("string"), None) => Value::from(name),
        other => panic!("`{name}` needs an example: nothing is known of a value that is {other:?}"),
    }
}

fn json(node: &Node) -> Value {
    serde_json::from_str(&node.to_json()).expect("a document is JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_needed_taken_or_neither() {
        let contract = Contract::read(Api::Unigox);
        let keys = |id: &str| (contract.operation(id).takes_key(), contract.operation(id).needs_key());
        assert_eq!(keys("quoteOffRamp"), (true, true));
        assert_eq!(keys("estimateOffRamp"), (true, false));
        assert_eq!(keys("estimateOnRamp"), (false, false));
    }

    #[test]
    fn a_parameter_has_its_example_or_what_its_schema_allows() {
        let contract = Contract::read(Api::Unigox);
        let values = |id: &str| -> Vec<(String, Value)> {
            let parameters = contract.operation(id).parameters().into_iter();
            parameters.map(|parameter| (parameter.name, parameter.value)).collect()
        };
        assert_eq!(values("listFiatAccounts"), [(String::from("user_uuid"), Value::from(UUID))]);
        assert!(
            contract.operation("listFiatAccounts").free_text_parameters(ParameterLocation::Query).is_empty()
        );
        assert_eq!(values("listInstitutions").len(), 8);
        let texts = contract.operation("listInstitutions").free_text_parameters(ParameterLocation::Query);
        assert_eq!(texts, ["rail", "institution_id", "country", "currency", "search", "code"]);
        let limits = values("listCustomerWithdrawals");
        let limits = limits.iter().filter(|(name, _)| matches!(name.as_str(), "limit" | "offset"));
        let limits: Vec<&Value> = limits.map(|(_, value)| value).collect();
        assert!(limits.len() == 2 && limits[0] != limits[1], "{limits:?}");
    }
}
