//! The document that progenitor gets, in the few words that it and typify are known to handle.

use std::collections::BTreeMap;

use partner_model::media::essence;
use partner_model::{
    Content, Definition, Form, IntegerWidth, Model, Object, Operation, Parameter, Place, Schema, Shape,
    Style, Success, SuccessBody, TextShape, Type,
};
use serde_json::{Value as Json, json};

/// The name of an object with a property for each of `values`. No type of a document can have it.
pub(super) const VALUES: &str = "Value";

/// The document as OpenAPI.
pub(crate) fn document(model: &Model) -> Json {
    let mut paths = serde_json::Map::new();
    for operation in model.operations.iter().filter(|operation| is_expressible(operation)) {
        let item = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        item[operation.method.as_str()] = operation_object(operation);
    }
    let mut schemas: serde_json::Map<String, Json> =
        model.types.iter().map(|(name, definition)| (name.clone(), component(definition))).collect();
    let values = values(model);
    if !values.is_empty() {
        let properties = values.into_values().enumerate().map(|(index, schema)| (value_name(index), schema));
        let properties: serde_json::Map<String, Json> = properties.collect();
        let required: Vec<&String> = properties.keys().collect();
        let object = json!({ "type": "object", "required": required, "properties": properties });
        schemas.insert(VALUES.to_owned(), object);
    }
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
        Shape::Enum(_) | Shape::Newtype(_) => json!({ "type": "string" }),
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
            let mut schema = schema(&parameter.schema);
            // No address and no header can say null.
            if let Some(schema) = schema.as_object_mut() {
                schema.remove("nullable");
            }
            let required = is_required(parameter);
            json!({ "name": parameter.name, "in": place, "required": required, "schema": schema })
        })
        .collect();
    let mut object = json!({ "operationId": operation.id, "parameters": parameters });
    if let Some(body) = written(operation) {
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

/// Whether progenitor makes the request of an operation as OpenAPI says. It knows the default styles alone, has no plain
/// form for objects, writes date-times as `2026-11-26 10:00:00 UTC` in paths and headers, and asks for `application/json`
/// whatever the type of the response.
pub(crate) fn is_expressible(operation: &Operation) -> bool {
    let is_moment = |schema: &Schema| matches!(schema.ty, Type::DateTime);
    let is_plain = |parameter: &Parameter| match (parameter.place, parameter.style, parameter.text_shape) {
        (Place::Path | Place::Header, Style::Simple, Some(TextShape::Text)) => !is_moment(&parameter.schema),
        (Place::Query, Style::Form, Some(TextShape::Text)) => true,
        (Place::Query, Style::Form, Some(TextShape::List)) => parameter.explode,
        _ => false,
    };
    operation.method != "trace"
        && operation.accept_header.is_none()
        && operation.parameters.iter().all(is_plain)
}

/// Why a body is written by the runtime, and not by progenitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrittenByRuntime {
    /// progenitor does not make the request.
    Request,
    /// progenitor writes `application/json` alone.
    MediaType,
    /// progenitor knows no forms.
    Form,
    /// progenitor takes one media type of an operation.
    SeveralMedia,
    /// progenitor writes a body whether there is one or not.
    Optional,
    /// The decimals of the body itself are JSON numbers, and serde writes them as strings.
    Numbers,
}

/// Why the body of an operation is written by the runtime, if it is.
pub(crate) fn written_by_runtime(operation: &Operation) -> Option<WrittenByRuntime> {
    let body = operation.body.as_ref()?;
    if !is_expressible(operation) {
        return Some(WrittenByRuntime::Request);
    }
    let [media] = body.media.as_slice() else { return Some(WrittenByRuntime::SeveralMedia) };
    match &media.content {
        Content::Multipart(_) | Content::UrlEncoded(_) => Some(WrittenByRuntime::Form),
        Content::Bytes => Some(WrittenByRuntime::MediaType),
        Content::Json(_) if essence(&media.content_type) != "application/json" => {
            Some(WrittenByRuntime::MediaType)
        }
        Content::Json(_) if !body.required => Some(WrittenByRuntime::Optional),
        Content::Json(schema) => schema.has_numbers().then_some(WrittenByRuntime::Numbers),
    }
}

/// The body that progenitor writes.
fn written(operation: &Operation) -> Option<&Schema> {
    match (written_by_runtime(operation), operation.media()) {
        (None, [media]) => match &media.content {
            Content::Json(schema) => Some(schema),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a parameter must be there. One that may be null may be left out: null cannot be written.
pub(crate) fn is_required(parameter: &Parameter) -> bool {
    parameter.required && (parameter.place == Place::Path || !parameter.schema.nullable)
}

/// The schemas of parameters, bodies, parts and successes, by their text: a type is asked for each, once.
pub(super) fn values(model: &Model) -> BTreeMap<String, Json> {
    let schemas = model.operations.iter().flat_map(|operation| {
        let (same, by_status) = match &operation.success {
            Success::Same(body) => (Some(body), &[][..]),
            Success::ByStatus { variants, .. } => (None, variants.as_slice()),
        };
        let bodies = same.into_iter().chain(by_status.iter().map(|variant| &variant.body));
        operation.request_schemas().chain(bodies.filter_map(|body| match body {
            SuccessBody::Json(schema) => Some(schema),
            _ => None,
        }))
    });
    schemas.map(self::schema).map(|schema| (schema.to_string(), schema)).collect()
}

/// Returns the number of schemas of parameters, bodies, parts and successes for which a type is asked.
pub(crate) fn count_values(model: &Model) -> usize {
    values(model).len()
}

/// The text by which a schema is found among `values`.
pub(super) fn text(schema: &Schema) -> String {
    self::schema(schema).to_string()
}

/// The name of a property of the object that has all `values`, by its position among them.
pub(super) fn value_name(index: usize) -> String {
    format!("v{index}")
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
    if let Some(name) = schema.name() {
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        return match schema.nullable {
            true => json!({ "allOf": [reference], "nullable": true }),
            false => reference,
        };
    }
    let mut written = match &schema.ty {
        Type::String | Type::Bytes => json!({ "type": "string" }),
        Type::Uuid => json!({ "type": "string", "format": "uuid" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::DateTime => json!({ "type": "string", "format": "date-time" }),
        Type::Decimal(Form::String) => json!({ "type": "string", "format": "decimal" }),
        Type::Decimal(Form::Number) => json!({ "type": "number", "format": "decimal" }),
        Type::Integer(IntegerWidth::I32) => json!({ "type": "integer", "format": "int32" }),
        Type::Integer(IntegerWidth::I64) => json!({ "type": "integer", "format": "int64" }),
        Type::Integer(IntegerWidth::U64) => json!({ "type": "integer", "format": "uint64" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::List(items) => json!({ "type": "array", "items": self::schema(items) }),
        Type::Map(values) => json!({ "type": "object", "additionalProperties": self::schema(values) }),
        Type::Object => json!({ "type": "object" }),
        Type::Json | Type::Named(_) => json!({}),
    };
    if schema.nullable {
        written["nullable"] = true.into();
    }
    written
}
