//! Parses schemas from JSON text.

use schemars::Schema;
use serde_json::Value;

/// Parses the JSON text of a type's schema. Each `$ref` in the text is the name of another type, and is replaced by the
/// schema that schemars generates for that type. The text cannot contain references that are valid in the finished
/// schema, because the settings of schemars determine where definitions are and how they are named.
///
/// A text that is not a JSON object becomes the schema that accepts any value. The generator never writes such a text.
pub fn parse_schema(text: &str, references: &[(&str, Schema)]) -> Schema {
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
