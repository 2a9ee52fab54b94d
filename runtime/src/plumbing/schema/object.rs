//! Schemas of models and unions: which properties may be null, and descriptions without Rust terms.

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::words;
use crate::object::{Object, Table};

/// Marks a property that may be null, like in OpenAPI 3.0. The mark is removed from the final schema.
const NULLABLE: &str = "nullable";

/// Holds the limits of the values in a list or a map. It is removed from the final schema.
const ITEM_LIMITS: &str = "itemLimits";

/// Changes the derived schema of a struct so that it describes the wire format, by the table of its properties.
pub fn exact<T: Object>(schema: &mut Schema) {
    words::describe(schema);
    use_names_of_the_wire(schema, T::TABLE);
    for property in schemas(schema.get_mut("properties")) {
        if let Some(Value::Object(limits)) = property.remove(ITEM_LIMITS) {
            limit_items(property, limits);
        }
        match property.remove(NULLABLE) {
            Some(_) => allow_null(property),
            None => refuse_null(property),
        }
        words::describe(property);
    }
}

/// Makes the derived schema of a newtype describe it without Rust terms.
pub fn exact_newtype(schema: &mut Schema) {
    words::describe(schema);
}

/// Makes the derived schema of a union say what the wire has.
pub fn exact_union(schema: &mut Schema) {
    words::describe(schema);
    for alternative in schemas(schema.get_mut("anyOf")) {
        words::describe(alternative);
    }
}

/// Gives the properties their names on the wire, and lists the required ones. The derived schema has the names of the fields
/// instead, and lists some optional ones as required.
fn use_names_of_the_wire(schema: &mut Schema, table: &Table) {
    schema.remove("required");
    let required: Vec<&str> = table.required().collect();
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        let mut derived = std::mem::take(properties);
        let renamed = table.names().map(|(field, key)| Some((key.to_owned(), derived.remove(field)?)));
        properties.extend(renamed.flatten());
    }
}

/// The schemas in a list or under the keys of an object. Schemas that are `true` or `false` are skipped.
fn schemas(holder: Option<&mut Value>) -> impl Iterator<Item = &mut Schema> {
    let (list, object) = match holder {
        Some(Value::Array(items)) => (Some(items), None),
        Some(Value::Object(members)) => (None, Some(members)),
        _ => (None, None),
    };
    let values =
        list.into_iter().flatten().chain(object.into_iter().flat_map(|members| members.values_mut()));
    values.filter(|value| value.is_object()).filter_map(|value| value.try_into().ok())
}

fn limit_items(schema: &mut Schema, limits: Map<String, Value>) {
    let key = if schema.get("items").is_some() { "items" } else { "additionalProperties" };
    if let Some(Value::Object(items)) = schema.get_mut(key) {
        items.extend(limits);
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|of| of == "null")
}

/// Removes null from the schema of an `Option`. schemars derives it in one of these forms: `type` is a list with `"null"`,
/// `anyOf` has an alternative for null, or `enum` has null as a value.
fn refuse_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|of| of != "null");
        if let [only] = &mut types[..] {
            let only = only.take();
            schema.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") else { return };
    let before = alternatives.len();
    alternatives.retain(|alternative| !is_null(alternative));
    if alternatives.len() < before && alternatives.len() == 1 {
        let only = alternatives.remove(0);
        schema.remove("anyOf");
        // The property has a description of its own.
        for (key, value) in only.as_object().into_iter().flatten() {
            if schema.get(key).is_none() {
                schema.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Adds null to the schema of a required property that may be null, because the derived schema does not have it.
fn allow_null(schema: &mut Schema) {
    let listed = |key: &str, null: fn(&Value) -> bool| {
        schema.get(key).and_then(Value::as_array).is_some_and(|list| list.iter().any(null))
    };
    if listed("anyOf", is_null) || listed("type", |of| of == "null") {
        return;
    }
    let description = schema.remove("description");
    let inner = std::mem::take(schema);
    schema.insert("anyOf".into(), json!([inner, { "type": "null" }]));
    if let Some(description) = description {
        schema.insert("description".into(), description);
    }
}
