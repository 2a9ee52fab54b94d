//! A document as the tests need it: operations with their examples.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use partner_model::index::{self, Index, template};
use partner_spec::{Api, Document, METHODS, Node};
use serde_json::Value;

/// A document.
#[derive(Clone, Copy)]
pub struct Contract {
    index: &'static Index<'static>,
}

/// The documents that were read so far: a test asks for one many times.
static READ: LazyLock<Mutex<HashMap<Api, Contract>>> = LazyLock::new(Mutex::default);

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
    pub fn of(api: Api) -> Contract {
        let read = || {
            let document =
                partner_spec::load(&api.root(), partner_spec::base()).expect("the document is valid");
            let document: &'static Document = Box::leak(Box::new(document));
            Contract { index: Box::leak(Box::new(Index::new(document))) }
        };
        *READ.lock().expect("no test panics while it reads").entry(api).or_insert_with(read)
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

    /// Its parameters of one kind, like `path`.
    fn parameters(&self, kind: &str) -> Vec<&'a Node> {
        let parameters = self.read.parameters().into_iter();
        parameters.filter(|parameter| parameter.place == kind).map(|parameter| parameter.node).collect()
    }

    /// Whether a parameter is a UUID.
    fn is_uuid(&self, parameter: &Node) -> bool {
        let schema = parameter.get("schema").map(|schema| self.contract.resolve(schema));
        schema.and_then(|schema| schema.str("format")) == Some("uuid")
    }

    /// The path parameters that are UUIDs.
    pub fn uuids(&self) -> Vec<&'a str> {
        let uuids = self.parameters("path").into_iter().filter(|parameter| self.is_uuid(parameter));
        uuids.filter_map(|parameter| parameter.str("name")).collect()
    }

    /// The query parameters that have to be there, each with its example.
    pub fn required_queries(&self) -> Vec<(String, String)> {
        let required = self.parameters("query").into_iter().filter(|parameter| parameter.flag("required"));
        required.map(|parameter| (name(parameter), example_text(parameter))).collect()
    }

    /// The names of the query parameters that have to be there and can be any text.
    pub fn query_texts(&self) -> Vec<String> {
        let required = self.parameters("query").into_iter().filter(|parameter| parameter.flag("required"));
        required.filter(|parameter| !self.is_uuid(parameter)).map(name).collect()
    }

    /// The names of all its query parameters.
    pub fn queries(&self) -> Vec<String> {
        self.parameters("query").into_iter().map(name).collect()
    }

    /// The path parameters that are texts.
    pub fn texts(&self) -> Vec<&'a str> {
        let uuids = self.uuids();
        template::names(self.path).into_iter().filter(|name| !uuids.contains(name)).collect()
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

fn name(parameter: &Node) -> String {
    parameter.str("name").expect("a parameter has a name").to_owned()
}

fn example_text(parameter: &Node) -> String {
    match json(parameter.get("example").expect("a required parameter has an example")) {
        Value::String(text) => text,
        other => other.to_string(),
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
        let contract = Contract::of(Api::Unigox);
        let keys = |id: &str| (contract.operation(id).takes_key(), contract.operation(id).needs_key());
        assert_eq!(keys("quoteOffRamp"), (true, true));
        assert_eq!(keys("estimateOffRamp"), (true, false));
        assert_eq!(keys("estimateOnRamp"), (false, false));
    }

    #[test]
    fn required_parameters_of_a_query_have_their_examples() {
        let contract = Contract::of(Api::Unigox);
        let accounts = contract.operation("listFiatAccounts");
        let uuid = String::from("550e8400-e29b-41d4-a716-446655440000");
        assert_eq!(accounts.required_queries(), [(String::from("user_uuid"), uuid)]);
        assert!(accounts.query_texts().is_empty() && accounts.uuids().is_empty());

        let institutions = contract.operation("listInstitutions");
        assert_eq!(institutions.query_texts(), ["rail"]);
        assert_eq!(institutions.queries().len(), 8);
    }
}
