//! The examples of the documents, split into examples of single types.

use std::collections::{BTreeSet, HashMap};

use partner_spec::{Api, Document, Location, Node};
use partner_tests::derived::types;
use serde_json::Value;

use super::validators;
use crate::schemas::Schemas;
use crate::shape::{self, Shape};

/// An example of a type.
struct Example<'a> {
    of: &'a str,
    value: Value,
    location: &'a Location,
}

/// Finds the examples of a document.
struct Examples<'a> {
    document: &'a Document,
    /// The types by the locations of their schemas.
    types: HashMap<&'a Location, Vec<&'a str>>,
    found: Vec<Example<'a>>,
}

impl<'a> Examples<'a> {
    fn collect(schemas: &'a Schemas) -> Vec<Example<'a>> {
        let mut types: HashMap<&Location, Vec<&str>> = HashMap::new();
        for (name, node) in schemas.by_type() {
            types.entry(&node.location).or_default().push(name);
        }
        let document = schemas.generator().document;
        let mut examples = Examples { document, types, found: Vec::new() };
        examples.search(&document.root);
        examples.found
    }

    /// Finds every node with an example. The example is of the node itself when it is a schema, and of its schema
    /// otherwise.
    fn search(&mut self, node: &'a Node) {
        let schema = node.get("schema").unwrap_or(node);
        if let Some(example) = node.get("example") {
            self.take(schema, json(example), &example.location);
        }
        for entry in node.get_entries("examples") {
            if let Some(example) = shape::resolve(self.document, &entry.node).get("value") {
                self.take(schema, json(example), &example.location);
            }
        }
        for child in node.as_object().into_iter().flat_map(|object| object.iter()) {
            if !matches!(child.key.as_str(), "example" | "examples") {
                self.search(&child.node);
            }
        }
        node.as_array().into_iter().flatten().for_each(|item| self.search(item));
    }

    /// Keeps the value as an example of the schema's type, and its parts as examples of the types in it.
    fn take(&mut self, schema: &'a Node, value: Value, location: &'a Location) {
        let schema = shape::resolve(self.document, schema);
        // Whether it may be null is a matter of the enclosing schema.
        if value.is_null() {
            return;
        }
        for of in self.types.get(&schema.location).into_iter().flatten() {
            self.found.push(Example { of, value: value.clone(), location });
        }
        let alternatives = schema.get_items("oneOf").iter().filter(|one| self.is_alternative(one, &value));
        for part in alternatives.chain(schema.get_items("allOf")).collect::<Vec<_>>() {
            self.take(part, value.clone(), location);
        }
        for item in value.as_array().into_iter().flatten() {
            schema.get("items").into_iter().for_each(|items| self.take(items, item.clone(), location));
        }
        for (key, value) in value.as_object().into_iter().flatten() {
            let property = schema.get("properties").and_then(|properties| properties.get(key));
            let rest = schema.get("additionalProperties").filter(|rest| rest.as_object().is_some());
            property.or(rest).into_iter().for_each(|inner| self.take(inner, value.clone(), location));
        }
    }

    /// Whether the value is of this alternative of a union.
    fn is_alternative(&self, schema: &Node, value: &Value) -> bool {
        let Shape::Object(object) = shape::shape(self.document, &[schema]) else { return false };
        object.required.iter().all(|key| match shape::shape(self.document, &object.properties[key]) {
            Shape::Enum(values) if !values.open => {
                values.known.iter().any(|known| value[*key].as_str() == Some(known))
            }
            _ => value.get(key).is_some(),
        })
    }
}

fn json(node: &Node) -> Value {
    serde_json::from_str(&node.to_json()).unwrap()
}

#[test]
fn every_example_of_the_documents_fits_the_schema_of_its_type() {
    for api in Api::ALL {
        let schemas = Schemas::read(api);
        let examples = Examples::collect(&schemas);
        let mut shown = BTreeSet::new();
        let mut failures = Vec::new();
        for ty in &types(api) {
            let validators = validators(ty);
            for example in examples.iter().filter(|example| example.of == ty.name) {
                shown.insert(ty.name);
                for error in
                    validators.iter().filter_map(|validator| validator.validate(&example.value).err())
                {
                    failures.push(format!("{} at {}: {error}", ty.name, example.location));
                }
            }
        }
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
        // Only few types have no example.
        let all = types(api).len();
        assert!(shown.len() * 100 >= all * 90, "{api:?}: examples of only {} of {all} types", shown.len());
    }
}
