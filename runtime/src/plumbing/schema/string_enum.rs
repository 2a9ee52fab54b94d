//! Schemas of enums, with their values on the wire.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

use super::words;
use crate::Json;

/// Makes the schema of an open enum: any string, with the known values listed.
pub fn open<'a>(schema: &mut Schema, values: impl Iterator<Item = &'a str>) {
    let mut alternatives = known(schema, values);
    alternatives.push(json!({ "type": "string" }));
    schema.insert("anyOf".into(), alternatives.into());
}

/// Makes the schema of a closed enum: one of the values.
pub fn closed<'a>(schema: &mut Schema, values: impl Iterator<Item = &'a str>) {
    let mut alternatives = known(schema, values);
    match &mut alternatives[..] {
        [Value::Object(only)] if only.contains_key("enum") => {
            schema.ensure_object().extend(std::mem::take(only));
        }
        _ => {
            schema.insert("oneOf".into(), alternatives.into());
        }
    }
}

/// Makes the schema of an enum whose values are not all strings. An open one allows other values.
pub fn literals(schema: &mut Schema, values: impl Iterator<Item = Json>, is_open: bool) {
    words::describe(schema);
    schema.remove("oneOf");
    let values: Vec<Value> = values.filter_map(|value| value.to_value().ok()).collect();
    match is_open {
        true => schema.insert("anyOf".into(), json!([{ "enum": values }, {}])),
        false => schema.insert("enum".into(), values.into()),
    };
}

/// Makes the schema of an enum with a single value.
pub fn constant(value: &str) -> Schema {
    json_schema!({ "type": "string", "const": value })
}

/// The values with their descriptions, or all of them in one `enum` if none has a description.
fn known<'a>(schema: &mut Schema, values: impl Iterator<Item = &'a str>) -> Vec<Value> {
    words::describe(schema);
    // The derived schema has the Rust names in the order of the values, with the description of each.
    let derived = schema.remove("oneOf").unwrap_or_default();
    let described: Vec<(&str, Option<String>)> =
        values.enumerate().map(|(index, value)| (value, meaning(value, &derived[index]))).collect();
    if described.iter().all(|(_, meaning)| meaning.is_none()) {
        let values: Vec<&str> = described.into_iter().map(|(value, _)| value).collect();
        return vec![json!({ "type": "string", "enum": values })];
    }
    let alternative = |(value, meaning): (&str, Option<String>)| {
        let mut alternative = Map::new();
        alternative.insert("type".into(), "string".into());
        alternative.insert("const".into(), value.into());
        alternative.extend(meaning.map(|meaning| ("description".into(), meaning.into())));
        Value::Object(alternative)
    };
    described.into_iter().map(alternative).collect()
}

/// The meaning of a value, out of a description of the form "`value`: meaning".
fn meaning(value: &str, derived: &Value) -> Option<String> {
    let text = derived.get("description").and_then(Value::as_str)?;
    let meaning = text.strip_prefix(&format!("`{value}`")).map_or(text, |rest| rest.trim_start_matches(':'));
    Some(words::plain(meaning.trim())).filter(|meaning| !meaning.is_empty())
}
