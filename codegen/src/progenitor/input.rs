//! The document that progenitor gets, in the few words that it and typify are known to handle.

use partner_model::{
    Content, Definition, Form, Model, Object, Operation, Place, Schema, Shape, Success, SuccessBody, Type,
    Width,
};
use serde_json::{Value as Json, json};

/// The document as OpenAPI.
pub(crate) fn document(model: &Model) -> Json {
    let mut paths = serde_json::Map::new();
    for operation in &model.operations {
        let item = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        item[operation.method.as_str()] = operation_object(operation);
    }
    let schemas: serde_json::Map<String, Json> =
        model.types.iter().map(|(name, definition)| (name.clone(), component(definition))).collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": model.title, "version": model.version },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// A component that is replaced by a type of ours only has to be there.
fn component(definition: &Definition) -> Json {
    match &definition.shape {
        Shape::Enum(_) => json!({ "type": "string" }),
        Shape::Union(_) => json!({ "type": "object" }),
        Shape::Object(_) if definition.is_open_record() => json!({ "type": "object" }),
        Shape::Object(object) => object_schema(object),
    }
}

fn operation_object(operation: &Operation) -> Json {
    let parameters: Vec<Json> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let place = match parameter.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
            };
            let schema =
                if parameter.joined { json!({ "type": "string" }) } else { schema(&parameter.schema) };
            json!({ "name": parameter.name, "in": place, "required": parameter.required, "schema": schema })
        })
        .collect();
    let mut object = json!({ "operationId": operation.id, "parameters": parameters });
    if let Some(body) = sent_by_core(operation) {
        let content = json!({ "application/json": { "schema": schema(body) } });
        object["requestBody"] = json!({ "required": true, "content": content });
    }
    let content = match &operation.success {
        Success::Same(SuccessBody::Json(body)) => json!({ "application/json": { "schema": schema(body) } }),
        Success::Same(SuccessBody::Any) => json!({ "application/json": { "schema": {} } }),
        Success::Same(SuccessBody::Empty) => json!({}),
        Success::Same(SuccessBody::Text | SuccessBody::Bytes) | Success::ByStatus { .. } => {
            json!({ "*/*": {} })
        }
    };
    let responses: serde_json::Map<String, Json> = operation
        .successes()
        .map(|success| (success.status.clone(), json!({ "description": "", "content": content })))
        .collect();
    object["responses"] = responses.into();
    object
}

/// The body that progenitor writes: the one JSON body, when it must be there and serde writes it as documented. All others
/// are sent by the runtime.
pub(crate) fn sent_by_core(operation: &Operation) -> Option<&Schema> {
    let body = operation.body.as_ref().filter(|body| body.required)?;
    match body.media.as_slice() {
        [media] => match &media.content {
            Content::Json(schema) => Some(schema).filter(|schema| !schema.has_numbers()),
            Content::Multipart(_) => None,
        },
        _ => None,
    }
}

/// An object in the few words that typify is known to handle.
fn object_schema(object: &Object) -> Json {
    let properties = object.fields.iter().map(|field| {
        let mut property = schema(&field.schema);
        // typify makes a list or map that may be absent an empty one, unless it may be null.
        if !field.required && matches!(field.schema.ty, Type::List(_) | Type::Map(_) | Type::Object) {
            property["nullable"] = true.into();
        }
        (field.name.clone(), property)
    });
    let properties: serde_json::Map<String, Json> = properties.collect();
    let required = object.fields.iter().filter(|field| field.required).map(|field| field.name.as_str());
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "required": required.collect::<Vec<_>>(),
    });
    if let Some(rest) = &object.rest {
        schema["additionalProperties"] = self::schema(rest);
    }
    schema
}

/// A schema in the few words that typify is known to handle.
fn schema(schema: &Schema) -> Json {
    let mut written = match &schema.ty {
        Type::Named(name) => {
            let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
            return match schema.nullable {
                true => json!({ "allOf": [reference], "nullable": true }),
                false => reference,
            };
        }
        Type::String | Type::Bytes => json!({ "type": "string" }),
        Type::Uuid => json!({ "type": "string", "format": "uuid" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::DateTime => json!({ "type": "string", "format": "date-time" }),
        Type::Decimal(Form::String) => json!({ "type": "string", "format": "decimal" }),
        Type::Decimal(Form::Number) => json!({ "type": "number", "format": "decimal" }),
        Type::Integer(Width::I32) => json!({ "type": "integer", "format": "int32" }),
        Type::Integer(Width::I64) => json!({ "type": "integer", "format": "int64" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::List(items) => json!({ "type": "array", "items": self::schema(items) }),
        Type::Map(values) => json!({ "type": "object", "additionalProperties": self::schema(values) }),
        Type::Object => json!({ "type": "object" }),
        Type::Json => json!({}),
    };
    if schema.nullable {
        written["nullable"] = true.into();
    }
    written
}
