//! Reads the JSON Schemas in generated source.

use serde_json::Value;

use super::text_document;

const KITCHEN_SINK: &str = include_str!("../kitchen-sink.yaml");

/// Generates code from `kitchen-sink.yaml`, and parses the JSON Schema of a type.
pub(crate) fn schema(name: &str) -> Value {
    let (_, paths_and_components) = KITCHEN_SINK.split_once("paths:").unwrap();
    let source = text_document::generate(&format!("paths:{paths_and_components}")).unwrap();
    schema_in(&source, name).unwrap_or_else(|| panic!("{name} has no JSON Schema"))
}

/// Parses the JSON Schema of a type in generated source: the raw string after `Name [references]`. Returns `None` if
/// the type has no JSON Schema.
pub(crate) fn schema_in(source: &str, name: &str) -> Option<Value> {
    let (_, rest) = source.split_once(&format!("\n    {name} ["))?;
    let (_, raw) = rest.split_once("] r")?;
    let (hashes, rest) = raw.split_once('"')?;
    let (text, _) = rest.split_once(&format!("\"{hashes};"))?;
    Some(serde_json::from_str(text).unwrap())
}

/// Generates code from a document whose only operation sends an object with one property. `schema` is the schema of the
/// property.
pub(crate) fn generate_property(schema: &str) -> String {
    text_document::generate(&format!(
        "paths:
  /things:
    post:
      operationId: addThing
      requestBody:
        required: true
        content:
          application/json:
            schema:
              title: Thing
              type: object
              properties:
                value: {{{schema}}}
      responses:
        '204': {{description: It is added.}}
"
    ))
    .unwrap_or_else(|findings| panic!("{findings}"))
}
