//! Limits: requests have those of the document, and responses have none.

use jsonschema::Validator;
use partner_spec::{Api, Document, Node};
use partner_tests::derived::types;
use serde_json::{Value, json};

use super::{LIMITS, both, value};
use crate::schemas::Schemas;
use crate::shape::{self, Shape};

/// The limits that apply to values of a JSON type.
fn meant(of: Option<&str>) -> &'static [&'static str] {
    match of {
        Some("string") => &["minLength", "maxLength", "pattern"],
        Some("integer" | "number") => &["minimum", "exclusiveMinimum", "maximum"],
        Some("array") => &["minItems", "maxItems"],
        Some("object") => &["minProperties"],
        _ => &[],
    }
}

/// The limits that a document has for a value, in the order of [`LIMITS`]. A document says of an amount that it is
/// above zero, and a JSON Schema has that limit where the amount is a number.
fn documented(document: &Document, schemas: &[&Node]) -> Vec<(&'static str, Value)> {
    let parts = shape::parts(document, schemas);
    let of = parts.iter().find_map(|part| part.get_str("type"));
    let limit = |key: &&'static str| parts.iter().find_map(|part| part.get(key)).map(|node| (*key, node));
    let found = LIMITS.iter().filter(|key| meant(of).contains(key)).filter_map(limit);
    let mut found: Vec<_> =
        found.map(|(key, node)| (key, serde_json::from_str(&node.to_json()).unwrap())).collect();
    if of == Some("number") && parts.iter().any(|part| part.value_is_true("x-above-zero")) {
        found.push(("exclusiveMinimum", json!(0)));
    }
    found
}

/// The limits of a JSON Schema that apply to the value itself.
fn found(schema: &Value) -> Vec<(&'static str, Value)> {
    // A nullable schema has its limits in its first alternative.
    let of = |key: &str| schema.get(key).or_else(|| schema["anyOf"][0].get(key)).cloned();
    LIMITS.iter().filter_map(|key| Some((*key, of(key)?))).collect()
}

/// A value at a limit, and a value beyond it. `usual` is an ordinary value of the schema.
fn at_and_beyond(key: &str, limit: &Value, schema: &Node, usual: &Value) -> (Value, Value) {
    let number = limit.as_u64().unwrap_or_default();
    let length = usize::try_from(number).unwrap();
    let text = |length: usize| json!("x".repeat(length));
    let list = |length: usize| json!(vec![&usual[0]; length]);
    match key {
        "minLength" => (text(length), text(length - 1)),
        "maxLength" => (text(length), text(length + 1)),
        "maxItems" => (list(length), list(length + 1)),
        "minimum" => (json!(number), json!(i64::try_from(number).unwrap() - 1)),
        "exclusiveMinimum" => (json!(number + 1), json!(number)),
        "maximum" => (json!(number), json!(number + 1)),
        "pattern" => {
            (serde_json::from_str(&schema.get("example").unwrap().to_json()).unwrap(), json!("zz ü"))
        }
        other => panic!("no value is made for {other}"),
    }
}

#[test]
fn requests_have_the_limits_of_the_document_and_responses_have_none() {
    let (mut limits, mut without) = (0, 0);
    for api in Api::ALL {
        let schemas = Schemas::read(api);
        let (generator, by_type) = (schemas.generator(), schemas.by_type());
        let document = generator.document;
        for ty in &types(api) {
            let node = by_type[ty.name];
            let Shape::Object(object) = shape::shape(document, &[node]) else { continue };
            let sent = schemas.is_only_sent(ty.name);
            let mut check = |at: &str, schemas: &[&Node], found: Vec<(&str, Value)>| {
                let documented = documented(document, schemas);
                without += if sent { 0 } else { documented.len() };
                let expected = if sent { documented } else { Vec::new() };
                assert_eq!(found, expected, "{}{at}", ty.name);
                limits += found.len();
            };
            for schema in both(ty) {
                check("", &[node], found(schema.as_value()));
                for (key, nodes) in &object.properties {
                    let property = &schema.as_value()["properties"][key];
                    check(&format!("/{key}"), nodes, found(property));
                    if let Shape::Array(items) | Shape::Map(Some(items)) = shape::shape(document, nodes)
                        && !matches!(shape::shape(document, &[items]), Shape::Object(_) | Shape::Union(_))
                    {
                        let of_items = property.get("items").unwrap_or(&property["additionalProperties"]);
                        check(&format!("/{key}/items"), &[items], found(of_items));
                    }
                }
            }
        }
    }
    assert!(limits >= 20, "only {limits} limits are in schemas");
    assert!(without > 0, "responses have limits in the documents");
}

#[test]
fn a_value_at_a_limit_is_taken_and_one_beyond_it_is_refused() {
    let mut tried = 0;
    for api in Api::ALL {
        let schemas = Schemas::read(api);
        let (generator, by_type) = (schemas.generator(), schemas.by_type());
        for ty in types(api).iter().filter(|ty| schemas.is_only_sent(ty.name)) {
            let node = by_type[ty.name];
            let Shape::Object(object) = shape::shape(generator.document, &[node]) else { continue };
            for (key, nodes) in &object.properties {
                if documented(generator.document, nodes).is_empty() {
                    continue;
                }
                let usual = value(&generator.samples(nodes).corners[0].back);
                for schema in both(ty) {
                    let mut property = schema.as_value()["properties"][key].clone();
                    if let Some(definitions) = schema.get("$defs") {
                        property["$defs"] = definitions.clone();
                    }
                    for (limit, bound) in documented(generator.document, nodes) {
                        let (at, beyond) = at_and_beyond(limit, &bound, nodes[0], &usual);
                        let validator = Validator::new(&property).unwrap();
                        let said = (validator.is_valid(&at), validator.is_valid(&beyond));
                        assert_eq!(said, (true, false), "{}/{key}: {limit} {bound}", ty.name);
                        tried += 1;
                    }
                }
            }
        }
    }
    assert!(tried >= 20, "only {tried} limits were tried");
}
