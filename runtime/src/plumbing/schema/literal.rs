//! Schemas that are written as JSON text.

use schemars::Schema;
use serde_json::Value;

/// Parses the schema of a type. A `$ref` in the text has the name of a type, and is replaced by the schema that schemars gives
/// for that type, because its settings say where definitions are and how they are called.
///
/// A text that is no JSON object, which the generator does not write, becomes the schema that accepts any value.
pub fn link(text: &str, references: &[(&str, Schema)]) -> Schema {
    let mut schema = serde_json::from_str(text).unwrap_or(Value::Bool(true));
    replace_references(&mut schema, references);
    schema.try_into().unwrap_or_default()
}

fn replace_references(schema: &mut Value, references: &[(&str, Schema)]) {
    let target = schema.get("$ref").and_then(Value::as_str);
    if let Some((_, found)) = references.iter().find(|(name, _)| Some(*name) == target) {
        *schema = found.clone().to_value();
        return;
    }
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(|member| replace_references(member, references))
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace_references(item, references)),
        _ => {}
    }
}
