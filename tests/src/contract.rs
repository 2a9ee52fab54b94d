//! What a document says of its API, as the tests expect it on the wire: operations, parameters and examples. It is read
//! from the YAML alone, without the model and the generator that are under test.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use partner_model::index::{self, Index};
use partner_spec::{Api, Document, METHODS, Node};
use serde_json::Value;

use crate::case::UUID;

/// A document.
#[derive(Clone, Copy)]
pub struct Contract {
    index: &'static Index<'static>,
}

/// The documents that were read so far: a test asks for one many times.
static READ: LazyLock<Mutex<HashMap<Api, Contract>>> = LazyLock::new(Mutex::default);

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it is sent.
    pub location: ParameterLocation,
    /// Whether it has to be sent.
    pub required: bool,
    /// Whether it can be any text.
    pub is_text: bool,
    /// A value of it: its example, or one that its schema allows.
    pub value: Value,
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What is sent in it.
    pub content: PartContent,
}

/// What is sent in a part of a multipart body.
#[derive(Clone, Debug)]
pub enum PartContent {
    /// A value.
    Value(Value),
    /// One file.
    File,
    /// Several files.
    Files,
}

/// An operation of a document.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    contract: &'a Contract,
    read: &'a index::Operation<'static>,
    /// The method, in upper case.
    pub method: &'static str,
    /// The path template.
    pub path: &'a str,
}

/// An example with the schema that it follows.
pub struct Example<'a> {
    /// Its name, or nothing when it is the only one.
    pub name: &'a str,
    /// What it shows.
    pub value: Value,
    /// What it follows.
    pub schema: &'a Node,
}

/// A documented response.
pub struct Documented<'a> {
    /// The status as it is written: a number or a range like `2XX`.
    pub status: &'a str,
    /// The content types with their examples.
    pub content: Vec<(&'a str, Vec<Example<'a>>)>,
}

impl Documented<'_> {
    /// Whether it is a success.
    pub fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }

    /// Statuses that it stands for.
    pub fn statuses(&self) -> Vec<u16> {
        match self.status {
            "2XX" => vec![200, 201, 202],
            number => vec![number.parse().expect("a status")],
        }
    }
}

impl Contract {
    /// The document of an API.
    pub fn read(api: Api) -> Contract {
        let read = || {
            let document =
                partner_spec::load(&api.root(), partner_spec::base()).expect("the document is valid");
            let document: &'static Document = Box::leak(Box::new(document));
            Contract { index: Box::leak(Box::new(Index::new(document))) }
        };
        *READ.lock().expect("no test panics while it reads").entry(api).or_insert_with(read)
    }

    /// The header that carries the API key.
    pub fn key_header(&self) -> String {
        let schemes = self.index.root.pointer("/components/securitySchemes").and_then(Node::as_object);
        let mut schemes = schemes.into_iter().flat_map(|schemes| schemes.iter());
        let name = schemes.find_map(|scheme| scheme.node.str("name")).expect("the API has a key");
        name.to_ascii_lowercase()
    }

    /// The property that holds the data of a response, where the API wraps its responses.
    pub fn envelope(&self) -> Option<&'static str> {
        self.index.root.get("x-envelope")?.str("data")
    }

    /// Follows references.
    pub fn resolve<'a>(&self, node: &'a Node) -> &'a Node {
        node.follow(self.index.root).expect("references have a target")
    }

    /// All operations, in order.
    pub fn operations(&self) -> Vec<Operation<'_>> {
        let operation = |read: &'static index::Operation<'static>| {
            let method = METHODS.iter().position(|method| *method == read.method).expect("a method");
            let method = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"][method];
            Operation { contract: self, read, method, path: read.path }
        };
        self.index.operations().iter().map(operation).collect()
    }

    /// The operation with that id.
    pub fn operation(&self, id: &str) -> Operation<'_> {
        self.operations()
            .into_iter()
            .find(|operation| operation.id() == id)
            .expect("the operation is documented")
    }

    /// The names of the types of ids and codes (`x-newtype`).
    pub fn newtypes(&self) -> Vec<String> {
        let schemas = self.index.root.pointer("/components/schemas").and_then(Node::as_object);
        let schemas = schemas.into_iter().flat_map(|schemas| schemas.iter());
        let newtypes = schemas.map(|entry| self.resolve(&entry.node)).filter(|node| node.flag("x-newtype"));
        newtypes.filter_map(|node| node.str("title").map(str::to_owned)).collect()
    }

    /// The names of the schemas that are there for their own sake (`x-public`), such as those of webhooks.
    pub fn public_schemas(&self) -> Vec<&str> {
        let schemas = self.index.root.pointer("/components/schemas").and_then(Node::as_object);
        let public = schemas.into_iter().flat_map(|schemas| schemas.iter());
        let public = public.filter(|entry| self.resolve(&entry.node).flag("x-public"));
        public.map(|entry| entry.key.as_str()).collect()
    }

    /// The example of a named schema.
    pub fn schema_example<'a>(&'a self, name: &'a str) -> Option<Example<'a>> {
        let schema = self.resolve(self.index.schema(name)?);
        schema.get("example").map(|node| Example { name, value: json(node), schema })
    }

    fn examples<'a>(&'a self, media: &'a Node) -> Vec<Example<'a>> {
        let Some(schema) = media.get("schema") else { return Vec::new() };
        let example = |name: &'a str, node: &'a Node| Example { name, value: json(node), schema };
        let only = media.get("example").into_iter().map(|node| example("", node));
        let named = media.entries("examples").map(|entry| {
            let value = self.resolve(&entry.node).get("value").expect("an example has a value");
            example(&entry.key, value)
        });
        only.chain(named).collect()
    }

    fn content<'a>(&'a self, node: &'a Node) -> Vec<(&'a str, Vec<Example<'a>>)> {
        node.entries("content").map(|entry| (entry.key.as_str(), self.examples(&entry.node))).collect()
    }
}

impl<'a> Operation<'a> {
    /// The operationId.
    pub fn id(&self) -> &'a str {
        self.read.id().expect("an operation has an id")
    }

    /// Whether a key is sent when there is one.
    pub fn takes_key(&self) -> bool {
        self.read.security().iter().any(names_a_scheme)
    }

    /// Whether nothing can be sent without a key.
    pub fn needs_key(&self) -> bool {
        self.read.needs_credentials()
    }

    /// Its parameters.
    pub fn parameters(&self) -> Vec<Parameter> {
        let parameters = self.read.parameters().into_iter().enumerate();
        let parameter = |(index, parameter): (usize, index::Parameter<'static>)| {
            let node = parameter.node;
            let location = match parameter.place {
                "path" => ParameterLocation::Path,
                "query" => ParameterLocation::Query,
                _ => ParameterLocation::Header,
            };
            let name = node.str("name").expect("a parameter has a name").to_owned();
            let schema = self.contract.resolve(node.get("schema").expect("a parameter has a schema"));
            let is_text = is_text(schema);
            let value = match node.get("example").or_else(|| schema.get("example")) {
                // No two texts in a path are the same, so that none can be sent in the place of another.
                _ if is_text && location == ParameterLocation::Path => Value::from(name.as_str()),
                Some(example) => json(example),
                None => sample(schema, &name, index),
            };
            Parameter { name, location, required: node.flag("required"), is_text, value }
        };
        parameters.map(parameter).collect()
    }

    /// The schemas of its parameters, by their names.
    pub fn schemas(&self) -> Vec<(&'static str, &'static Node)> {
        let parameters = self.read.parameters().into_iter().map(|parameter| parameter.node);
        parameters.filter_map(|node| Some((node.str("name")?, node.get("schema")?))).collect()
    }

    /// The names of its parameters that are sent there and can be any text.
    pub fn texts(&self, location: ParameterLocation) -> Vec<String> {
        let parameters = self.parameters().into_iter();
        let texts = parameters.filter(|parameter| parameter.is_text && parameter.location == location);
        texts.map(|parameter| parameter.name).collect()
    }

    /// The parts of its multipart body.
    pub fn parts(&self) -> Vec<Part> {
        let body = self.read.place.node.get("requestBody").map(|body| self.contract.resolve(body));
        let schema = body.and_then(|body| body.get("content")?.get("multipart/form-data")?.get("schema"));
        let part = |(index, entry): (usize, &'static partner_spec::Entry)| {
            let schema = self.contract.resolve(&entry.node);
            let items = schema.get("items").map(|items| self.contract.resolve(items));
            let content = match items {
                Some(items) if items.str("format") == Some("binary") => PartContent::Files,
                _ if schema.str("format") == Some("binary") => PartContent::File,
                _ => PartContent::Value(
                    schema.get("example").map_or_else(|| sample(schema, &entry.key, index), json),
                ),
            };
            Part { name: entry.key.clone(), content }
        };
        let properties =
            schema.into_iter().flat_map(|schema| self.contract.resolve(schema).entries("properties"));
        properties.enumerate().map(part).collect()
    }

    /// The content types of its request, with their examples.
    pub fn request(&self) -> Vec<(&'a str, Vec<Example<'a>>)> {
        self.read
            .place
            .node
            .get("requestBody")
            .map(|body| self.contract.content(self.contract.resolve(body)))
            .unwrap_or_default()
    }

    /// The examples of one content type of its request.
    pub fn request_examples(&self, content_type: &str) -> Vec<Example<'a>> {
        self.request()
            .into_iter()
            .filter(|(key, _)| *key == content_type)
            .flat_map(|(_, list)| list)
            .collect()
    }

    /// One example of its request, by name.
    pub fn request_example(&self, content_type: &str, name: &str) -> Value {
        let mut examples = self.request_examples(content_type).into_iter();
        examples.find(|example| example.name == name).expect("the example is documented").value
    }

    /// Whether its response is a page of a list.
    pub fn is_paged(&self) -> bool {
        self.read.place.node.get("x-pagination").is_some()
    }

    /// Its responses.
    pub fn responses(&self) -> Vec<Documented<'a>> {
        let responses = self.read.responses().into_iter();
        responses
            .map(|(status, response)| Documented { status, content: self.contract.content(response) })
            .collect()
    }
}

fn names_a_scheme(alternative: &Node) -> bool {
    alternative.as_object().is_some_and(|schemes| schemes.iter().next().is_some())
}

/// Whether a value of the schema can be any text. An enum can, unless its values are all that there will ever be.
fn is_text(schema: &Node) -> bool {
    schema.str("type") == Some("string") && schema.get("format").is_none() && !schema.flag("x-closed-enum")
}

/// A value that a schema allows. `index` makes the numbers of an operation distinct.
fn sample(schema: &Node, name: &str, index: usize) -> Value {
    match (schema.str("type"), schema.str("format")) {
        _ if schema.get("enum").is_some() => json(&schema.items("enum")[0]),
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
        assert!(contract.operation("listFiatAccounts").texts(ParameterLocation::Query).is_empty());
        assert_eq!(values("listInstitutions").len(), 8);
        let texts = contract.operation("listInstitutions").texts(ParameterLocation::Query);
        assert_eq!(texts, ["rail", "institution_id", "country", "currency", "search", "code"]);
        let limits = values("listCustomerWithdrawals");
        let limits = limits.iter().filter(|(name, _)| matches!(name.as_str(), "limit" | "offset"));
        let limits: Vec<&Value> = limits.map(|(_, value)| value).collect();
        assert!(limits.len() == 2 && limits[0] != limits[1], "{limits:?}");
    }
}
