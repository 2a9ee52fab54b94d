//! Descriptions in JSON Schemas: those of the document, and no example of a sensitive value.

use partner_spec::{Api, Document, Node};
use partner_tests::derived::types;
use serde_json::Value;

use super::both;
use crate::schemas::Schemas;
use crate::shape::{self, Shape};

#[test]
fn the_descriptions_are_those_of_the_document() {
    let mut described = 0;
    each_property(|document, schema, property, at| {
        let Some(text) = shape::resolve(document, schema).get_str("description") else { return };
        // The description beside a reference replaces that of the component.
        if schema.ref_text().is_some() {
            return;
        }
        let found = property.get("description").and_then(Value::as_str).unwrap_or_default();
        assert!(words(found).starts_with(&words(text)), "{at}: {found:?} instead of {text:?}");
        described += 1;
    });
    assert!(described > 500, "only {described} properties are described");
}

#[test]
fn sensitive_properties_are_marked_and_no_schema_has_an_example() {
    let mut sensitive = 0;
    each_property(|_, schema, property, at| {
        let marked = property.get("x-sensitive").is_some();
        assert_eq!(marked, schema.value_is_true("x-sensitive"), "{at}");
        sensitive += usize::from(marked);
    });
    assert!(sensitive > 20, "only {sensitive} properties are sensitive");
    for ty in Api::ALL.into_iter().flat_map(types) {
        for schema in both(&ty) {
            let text = schema.as_value().to_string();
            for word in [r#""example"#, r#""nullable":"#, "`Debug`", r"\\[", r"\\<", "[`"] {
                assert!(!text.contains(word), "{}: {word} in {text}", ty.name);
            }
        }
    }
}

/// Calls a function for each property of each type: the schema of the document, and the one of the type.
fn each_property(mut see: impl FnMut(&Document, &Node, &Value, &str)) {
    for api in Api::ALL {
        let schemas = Schemas::read(api);
        let (document, by_type) = (schemas.generator().document, schemas.by_type());
        for ty in &types(api) {
            let Shape::Object(object) = shape::shape(document, &[by_type[ty.name]]) else { continue };
            let schema = &both(ty)[0];
            for (key, nodes) in &object.properties {
                let property = &schema.as_value()["properties"][key];
                assert!(!property.is_null(), "{}/{key} is missing", ty.name);
                // With several schemas, the later ones refine the first one.
                if let [only] = nodes[..] {
                    see(document, only, property, &format!("{}/{key}", ty.name));
                }
            }
        }
    }
}

/// The text without its line breaks.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
