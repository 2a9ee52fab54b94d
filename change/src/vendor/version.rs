//! Converts documents of OpenAPI 3.1 to OpenAPI 3.0.

use std::sync::Arc;

use partner_spec::{Node, Object, ObjectKind, Source, Value};

use crate::tree::visit_child_objects;

/// Returns a copy of an OpenAPI 3.1 document whose version number is replaced by one of OpenAPI 3.0. Lines and columns
/// stay the same. `None` if the document is not OpenAPI 3.1.
pub(super) fn downgrade_version_number(source: &Arc<Source>) -> Option<Arc<Source>> {
    let position = source.text.match_indices("openapi").find_map(|(start, key)| {
        let rest = source.text[start + key.len()..].trim_start_matches(['"', '\'', ':', ' ']);
        rest.starts_with("3.1.").then(|| source.text.len() - rest.len())
    })?;
    let mut text = source.text.clone();
    text.replace_range(position..position + 3, "3.0");
    Some(Source::new(source.display_path.clone(), text))
}

/// Converts the schemas of an OpenAPI 3.1 document to OpenAPI 3.0, as far as that is possible.
pub(super) fn convert_schemas_to_openapi_3_0(node: &mut Node, kind: ObjectKind) {
    if kind.can_be_reference() && node.get("$ref").is_some() {
        return;
    }
    let location = node.location.clone();
    let Some(object) = node.as_object_mut() else { return };
    if kind == ObjectKind::Schema {
        let is_nullable = replace_type_list_by_single_type(object) | remove_null_alternative(object);
        if is_nullable {
            object.set_value("nullable", Node::new_bool(true, &location));
        }
        if let Some(only) = object.remove("const").filter(|_| !object.contains_key("enum")) {
            object.set_value("enum", Node::new(Value::Array(vec![only]), &location));
        }
        for (key, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            let is_number = matches!(object.get(key).map(|node| &node.value), Some(Value::Number(_)));
            if let Some(number) =
                object.get(key).filter(|_| is_number && !object.contains_key(limit)).cloned()
            {
                object.set_value(limit, number);
                object.set_value(key, Node::new_bool(true, &location));
            }
        }
        // In OpenAPI 3.0, schemas have no `examples`, only `example`. The `examples` are removed instead of converted,
        // because the comparison ignores examples.
        object.remove("examples");
    }
    visit_child_objects(object, kind, &mut convert_schemas_to_openapi_3_0);
}

/// If the `type` of a schema is a list with only one type besides `null`, replaces the list by this type. Returns true
/// if the list was replaced and contained `null`.
fn replace_type_list_by_single_type(schema: &mut Object) -> bool {
    let types = schema.get("type").and_then(Node::as_array).unwrap_or_default();
    let others: Vec<Node> = types.iter().filter(|word| word.as_str() != Some("null")).cloned().collect();
    let is_nullable = others.len() < types.len();
    match others.as_slice() {
        [only] => schema.set_value("type", only.clone()),
        _ => return false,
    }
    is_nullable
}

/// Removes the alternative `{type: null}` from the `oneOf` or `anyOf` of a schema. Returns whether an alternative was
/// removed.
fn remove_null_alternative(schema: &mut Object) -> bool {
    for key in ["oneOf", "anyOf"] {
        let Some(list) = schema.get(key).filter(|list| list.as_array().is_some()).cloned() else { continue };
        let alternatives = list.as_array().unwrap_or_default();
        let others: Vec<Node> =
            alternatives.iter().filter(|other| other.get_str("type") != Some("null")).cloned().collect();
        if others.len() == alternatives.len() || others.is_empty() {
            continue;
        }
        let is_single = others.len() == 1 && !schema.contains_key("allOf");
        schema.remove(key);
        schema.set_value(
            if is_single { "allOf" } else { key },
            Node::new(Value::Array(others), &list.location),
        );
        return true;
    }
    false
}
