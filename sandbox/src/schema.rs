//! Checks JSON values against schemas of the OpenAPI document, as the vendor's server probably would: types, formats,
//! enums, limits and required keys. Patterns are not checked.

use chrono::{DateTime, NaiveDate};
use partner_client::Decimal;
use partner_spec::Node;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::mismatch::Mismatch;

/// Checks a value against a schema. `name` is the name of the property or parameter that has the value, and is shown in
/// the error message.
pub(crate) fn check_value(root: &Node, schema: &Node, value: &Value, name: &str) -> Result<(), Mismatch> {
    let Some(schema) = schema.resolve_reference(root) else { return Ok(()) };
    if value.is_null() {
        return if schema.value_is_true("nullable") {
            Ok(())
        } else {
            Err(invalid(name, "must not be null"))
        };
    }
    for part in schema.get_items("allOf") {
        check_value(root, part, value, name)?;
    }
    check_one_of(root, schema.get_items("oneOf"), value, name)?;
    if schema.get("not").is_some_and(|not| check_value(root, not, value, name).is_ok()) {
        return Err(invalid(name, "has a value that is excluded"));
    }
    check_type(schema, value, name)?;
    check_enum(schema, value, name)?;
    check_above_zero(schema, value, name)?;
    match value {
        Value::Object(object) => check_object(root, schema, object, name),
        Value::Array(items) => {
            check_size_limits(schema, items.len(), ["minItems", "maxItems"], name)?;
            let Some(item) = schema.get("items") else { return Ok(()) };
            items.iter().try_for_each(|value| check_value(root, item, value, name))
        }
        Value::String(text) => {
            check_format(schema, text, name)?;
            check_size_limits(schema, text.chars().count(), ["minLength", "maxLength"], name)
        }
        Value::Number(number) => check_number_bounds(schema, &number.to_string(), name),
        Value::Bool(_) | Value::Null => Ok(()),
    }
}

fn invalid(name: &str, problem: &str) -> Mismatch {
    Mismatch::InvalidValue(format!("{name} {problem}"))
}

/// Checks that a value conforms to exactly one of the alternatives of a `oneOf`. If the value conforms to none of them,
/// the error is that of the first alternative.
fn check_one_of(root: &Node, alternatives: &[Node], value: &Value, name: &str) -> Result<(), Mismatch> {
    let results: Vec<_> = alternatives.iter().map(|schema| check_value(root, schema, value, name)).collect();
    match results.iter().filter(|result| result.is_ok()).count() {
        0 => results.into_iter().next().unwrap_or(Ok(())),
        1 => Ok(()),
        _ => Err(invalid(name, "fits several alternatives of which only one may be given")),
    }
}

fn check_type(schema: &Node, value: &Value, name: &str) -> Result<(), Mismatch> {
    let Some(expected) = schema.get_str("type") else { return Ok(()) };
    let fits = match expected {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        _ => true,
    };
    if fits { Ok(()) } else { Err(invalid(name, &format!("must be of type {expected}"))) }
}

fn check_enum(schema: &Node, value: &Value, name: &str) -> Result<(), Mismatch> {
    let known = schema.get_items("enum");
    if known.is_empty() || known.iter().any(|known| crate::document::node_to_json(known) == *value) {
        return Ok(());
    }
    let known: Vec<_> = known.iter().map(Node::to_json).collect();
    Err(invalid(name, &format!("must be one of the following values: {}", known.join(", "))))
}

/// If a schema has `x-above-zero`, checks that the value is more than zero. A text that is not a decimal is accepted
/// here, because another check refuses it.
fn check_above_zero(schema: &Node, value: &Value, name: &str) -> Result<(), Mismatch> {
    if !schema.value_is_true("x-above-zero") {
        return Ok(());
    }
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let is_refused = text.parse::<Decimal>().is_ok_and(|amount| amount <= Decimal::ZERO);
    if is_refused { Err(invalid(name, "must be more than zero")) } else { Ok(()) }
}

fn check_format(schema: &Node, text: &str, name: &str) -> Result<(), Mismatch> {
    let Some(format) = schema.get_str("format") else { return Ok(()) };
    let fits = match format {
        "uuid" => text.parse::<Uuid>().is_ok(),
        "date" => text.parse::<NaiveDate>().is_ok(),
        "date-time" => DateTime::parse_from_rfc3339(text).is_ok(),
        "decimal" => text.parse::<Decimal>().is_ok(),
        _ => true,
    };
    if fits { Ok(()) } else { Err(invalid(name, &format!("must be in the format {format}"))) }
}

fn check_object(root: &Node, schema: &Node, object: &Map<String, Value>, name: &str) -> Result<(), Mismatch> {
    let mut required = schema.get_items("required").iter().filter_map(Node::as_str);
    if let Some(missing) = required.find(|key| !object.contains_key(*key)) {
        return Err(Mismatch::MissingValue(missing.to_owned()));
    }
    let properties = schema.get("properties");
    for (key, value) in object {
        match (properties.and_then(|properties| properties.get(key)), schema.get("additionalProperties")) {
            (Some(property), _) => check_value(root, property, value, key)?,
            (None, Some(rest)) if rest.as_bool() == Some(false) => {
                return Err(invalid(key, "is not a documented property"));
            }
            (None, Some(rest)) if rest.as_object().is_some() => check_value(root, rest, value, key)?,
            (None, _) => {}
        }
    }
    check_size_limits(schema, object.len(), ["minProperties", "maxProperties"], name)
}

/// Checks the size of a value against the limits in its schema. The size is the length of a string, or the number of
/// items or properties. `min_keyword` and `max_keyword` are the schema's keywords for the limits, such as `minItems`
/// and `maxItems`.
fn check_size_limits(
    schema: &Node,
    length: usize,
    [min_keyword, max_keyword]: [&str; 2],
    name: &str,
) -> Result<(), Mismatch> {
    let limit = |key: &str| crate::document::node_to_json(schema.get(key)?).as_u64();
    let length = length as u64;
    if limit(min_keyword).is_some_and(|least| length < least) {
        return Err(invalid(name, if length == 0 { "must not be empty" } else { "is too short" }));
    }
    if limit(max_keyword).is_some_and(|most| length > most) {
        return Err(invalid(name, "is too long"));
    }
    Ok(())
}

/// Checks a number against the `minimum` and the `maximum` of a schema.
fn check_number_bounds(schema: &Node, number: &str, name: &str) -> Result<(), Mismatch> {
    let Ok(number) = number.parse::<Decimal>() else { return Ok(()) };
    let bound = |key: &str| schema.get(key)?.to_json().parse::<Decimal>().ok();
    let is_below = bound("minimum")
        .is_some_and(|least| number < least || (number == least && schema.value_is_true("exclusiveMinimum")));
    let is_above = bound("maximum")
        .is_some_and(|most| number > most || (number == most && schema.value_is_true("exclusiveMaximum")));
    if is_below || is_above { Err(invalid(name, "is out of bounds")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_spec::Source;
    use serde_json::json;

    /// Checks a value against a schema that is written in YAML, and returns the first mismatch.
    fn find_first_mismatch(schema: &str, value: &Value) -> Option<Mismatch> {
        let schema = partner_spec::parse_source(&Source::new("schema.yaml", schema)).unwrap();
        check_value(&schema, &schema, value, "value").err()
    }

    #[test]
    fn required_keys_and_types_are_checked_however_deep_they_are() {
        let schema = "{type: object, required: [a], properties: {a: {type: array, items: {type: object, \
                      required: [b], properties: {b: {type: integer}}}}}}";
        assert_eq!(find_first_mismatch(schema, &json!({ "a": [{ "b": 1, "other": true }] })), None);
        assert_eq!(find_first_mismatch(schema, &json!({})), Some(Mismatch::MissingValue("a".to_owned())));
        assert_eq!(
            find_first_mismatch(schema, &json!({ "a": [{}] })),
            Some(Mismatch::MissingValue("b".to_owned()))
        );
        assert!(find_first_mismatch(schema, &json!({ "a": [{ "b": "1" }] })).is_some());
        assert!(find_first_mismatch(schema, &json!({ "a": [{ "b": 1.5 }] })).is_some());
        assert!(find_first_mismatch(schema, &json!({ "a": null })).is_some());
    }

    #[test]
    fn exactly_one_alternative_has_to_fit() {
        let schema = "{type: object, oneOf: [{required: [a]}, {required: [b]}]}";
        assert_eq!(find_first_mismatch(schema, &json!({ "b": 1 })), None);
        assert_eq!(find_first_mismatch(schema, &json!({})), Some(Mismatch::MissingValue("a".to_owned())));
        assert!(matches!(
            find_first_mismatch(schema, &json!({ "a": 1, "b": 1 })),
            Some(Mismatch::InvalidValue(_))
        ));
    }

    #[test]
    fn formats_enums_and_limits_are_checked() {
        for (schema, good, bad) in [
            ("{type: string, format: uuid}", json!("550e8400-e29b-41d4-a716-446655440000"), json!("7")),
            ("{type: string, format: date}", json!("2000-02-29"), json!("2001-02-29")),
            ("{type: string, format: date-time}", json!("2026-01-01T00:00:00Z"), json!("2026-01-01")),
            ("{type: string, format: decimal}", json!("0.10"), json!("ten")),
            ("{type: string, enum: [a, b]}", json!("b"), json!("c")),
            ("{type: string, not: {enum: [a]}}", json!("b"), json!("a")),
            ("{type: string, minLength: 1, maxLength: 2}", json!("ąę"), json!("")),
            ("{type: array, maxItems: 1, items: {}}", json!([1]), json!([1, 2])),
            ("{type: object, minProperties: 1}", json!({ "a": 1 }), json!({})),
            ("{type: object, additionalProperties: false}", json!({}), json!({ "a": 1 })),
            ("{type: object, additionalProperties: {type: string}}", json!({ "a": "1" }), json!({ "a": 1 })),
            ("{type: number, minimum: 0, exclusiveMinimum: true}", json!(0.1), json!(0)),
            ("{type: integer, maximum: 100}", json!(100), json!(101)),
            ("{type: string, format: decimal, x-above-zero: true}", json!("0.000001"), json!("0.00")),
            ("{type: number, format: decimal, x-above-zero: true}", json!(0.5), json!(-5)),
            ("{allOf: [{type: string, format: decimal}], x-above-zero: true}", json!("12"), json!("-12")),
            ("{type: boolean, nullable: true}", Value::Null, json!("true")),
        ] {
            assert_eq!(find_first_mismatch(schema, &good), None, "{schema}");
            assert!(find_first_mismatch(schema, &bad).is_some(), "{schema}");
        }
    }
}
