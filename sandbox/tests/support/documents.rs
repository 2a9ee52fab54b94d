//! Makes requests from the examples in the documents, for all operations of an API.

use std::collections::HashMap;

use partner_client::operation::OperationEntry;
use partner_spec::{Api, Document, Node};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder};
use serde_json::{Map, Value};

use super::build_request;

/// The document of an API.
pub(crate) struct Documents {
    document: Document,
}

/// A request from the examples in a document.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) operation: &'static OperationEntry,
    /// The path parameters, by name.
    pub(crate) path: HashMap<String, String>,
    /// The required query parameters, as pairs of name and value.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Option<Body>,
}

/// A request body from an example in a document.
#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) media_type: String,
    pub(crate) fields: Map<String, Value>,
    /// The names of the required fields.
    pub(crate) required: Vec<String>,
    /// The names of the example's fields that are amounts of more than zero.
    pub(crate) above_zero: Vec<String>,
    /// The names of the form parts that are files.
    files: Vec<String>,
}

impl Documents {
    pub(crate) fn load(api: Api) -> Documents {
        Documents {
            document: partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder())
                .unwrap(),
        }
    }

    /// Returns the names of all properties that are marked as sensitive.
    pub(crate) fn sensitive_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut nodes = vec![&self.document.root];
        while let Some(node) = nodes.pop() {
            let properties = node.get_entries("properties");
            let sensitive =
                properties.filter(|property| self.follow(&property.node).value_is_true("x-sensitive"));
            names.extend(sensitive.map(|property| property.key.clone()));
            nodes.extend(node.as_array().unwrap_or_default());
            nodes.extend(
                node.as_object().into_iter().flat_map(|object| object.iter().map(|entry| &entry.node)),
            );
        }
        names
    }

    fn follow<'a>(&'a self, node: &'a Node) -> &'a Node {
        node.resolve_reference(&self.document.root).unwrap()
    }

    /// Returns the documented requests of an operation: one for each example of its body.
    pub(crate) fn requests(&self, operation: &'static OperationEntry) -> Vec<Request> {
        let item = &self.document.root.get("paths").unwrap().get(operation.path).unwrap();
        let node = item.get(&operation.method.to_lowercase()).unwrap();
        let (mut path, mut query) = (HashMap::new(), Vec::new());
        for parameter in item.get_items("parameters").iter().chain(node.get_items("parameters")) {
            let parameter = self.follow(parameter);
            let name = parameter.get_str("name").unwrap().to_owned();
            let example = || match json(parameter.get("example").unwrap()) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            match parameter.get_str("in").unwrap() {
                "path" => drop(path.insert(name, example())),
                _ if parameter.value_is_true("required") => query.push((name, example())),
                _ => {}
            }
        }
        let bodies = node.get("requestBody").map(|body| self.bodies(self.follow(body))).unwrap_or_default();
        let request = |body| Request { operation, path: path.clone(), query: query.clone(), body };
        match bodies.is_empty() {
            true => vec![request(None)],
            false => bodies.into_iter().map(|body| request(Some(body))).collect(),
        }
    }

    fn bodies(&self, body: &Node) -> Vec<Body> {
        let mut bodies = Vec::new();
        for media in body.get_entries("content") {
            let schema = self.follow(media.node.get("schema").unwrap());
            let named = media.node.get_entries("examples");
            let named = named.map(|entry| self.follow(&entry.node).get("value").unwrap());
            for example in named.chain(media.node.get("example")) {
                let Value::Object(fields) = json(example) else { panic!("a body is an object") };
                let texts =
                    |key: &str| schema.get_items(key).iter().map(|name| name.as_str().unwrap().to_owned());
                let amounts = fields.keys().filter(|name| self.is_above_zero(schema, name));
                let above_zero = amounts.cloned().collect();
                let files = schema.get_entries("properties").filter(|property| self.is_file(&property.node));
                bodies.push(Body {
                    media_type: media.key.clone(),
                    fields,
                    required: texts("required").collect(),
                    above_zero,
                    files: files.map(|property| property.key.clone()).collect(),
                });
            }
        }
        bodies
    }

    /// Whether a property of a schema, or of a part of its `allOf`, has `x-above-zero`.
    fn is_above_zero(&self, schema: &Node, name: &str) -> bool {
        let schema = self.follow(schema);
        let property = schema.get("properties").and_then(|properties| properties.get(name));
        property.is_some_and(|property| property.value_is_true("x-above-zero"))
            || schema.get_items("allOf").iter().any(|part| self.is_above_zero(part, name))
    }

    fn is_file(&self, schema: &Node) -> bool {
        let schema = self.follow(schema);
        schema.get_str("format") == Some("binary")
            || schema.get("items").is_some_and(|items| self.is_file(items))
    }
}

fn json(node: &Node) -> Value {
    serde_json::from_str(&node.to_json()).unwrap()
}

impl Request {
    /// Builds the request as it is sent, with the right API key.
    pub(crate) fn build(&self, base_url: &str) -> RequestBuilder {
        let mut path = self.operation.path.to_owned();
        for (name, value) in &self.path {
            path = path.replace(&format!("{{{name}}}"), value);
        }
        let method = Method::from_bytes(self.operation.method.as_bytes()).unwrap();
        let request = build_request(method, base_url, &path).query(&self.query);
        match &self.body {
            None => request,
            Some(body) if body.media_type == "application/json" => request.json(&body.fields),
            Some(body) => request.multipart(body.form()),
        }
    }
}

impl Body {
    fn form(&self) -> Form {
        self.fields.iter().fold(Form::new(), |form, (name, value)| match self.files.contains(name) {
            true => {
                let file =
                    Part::bytes(vec![0; 2000]).file_name("picture.jpg").mime_str("image/jpeg").unwrap();
                form.part(name.clone(), file)
            }
            false => form.text(name.clone(), value.as_str().unwrap().to_owned()),
        })
    }
}
