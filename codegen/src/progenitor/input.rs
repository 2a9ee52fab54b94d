//! Builds the OpenAPI document that progenitor reads. The document uses only constructs of OpenAPI that progenitor and
//! typify are known to handle.

use std::collections::BTreeMap;

use partner_model::media::media_type_essence;
use partner_model::{
    BodyContent, DecimalForm, IntegerType, Model, Object, Operation, Parameter, ParameterPlace, Schema,
    Shape, Style, SuccessBodies, SuccessBody, TextShape, Type, TypeDefinition,
};
use serde_json::{Value as Json, json};

/// The name of an object in progenitor's document. It has a property for each schema of [`collect_used_schemas`], which
/// makes typify generate the types of these schemas. No other type can have the same name, because the name is
/// reserved.
pub(super) const USED_SCHEMAS_TYPE_NAME: &str = "Value";

/// Builds the OpenAPI document for progenitor from the model.
pub(crate) fn build_document(model: &Model) -> Json {
    let mut paths = serde_json::Map::new();
    for operation in model.operations.iter().filter(|operation| is_supported_by_progenitor(operation)) {
        let item = paths.entry(operation.path_template.clone()).or_insert_with(|| json!({}));
        item[operation.method.as_str()] = build_operation_object(operation);
    }
    let mut schemas: serde_json::Map<String, Json> = model
        .types
        .iter()
        .map(|(name, definition)| (name.clone(), build_component_schema(definition)))
        .collect();
    let values = collect_used_schemas(model);
    if !values.is_empty() {
        let properties = values
            .into_values()
            .enumerate()
            .map(|(index, schema)| (to_used_schema_property_name(index), schema));
        let properties: serde_json::Map<String, Json> = properties.collect();
        let required: Vec<&String> = properties.keys().collect();
        let object = json!({ "type": "object", "required": required, "properties": properties });
        schemas.insert(USED_SCHEMAS_TYPE_NAME.to_owned(), object);
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": model.title, "version": model.version },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// Builds the schema of a named type. If this crate generates the type, and not typify, the schema is only a
/// placeholder.
fn build_component_schema(definition: &TypeDefinition) -> Json {
    match &definition.shape {
        Shape::Enum(_) | Shape::Newtype(_) => json!({ "type": "string" }),
        Shape::Union(_) => json!({ "type": "object" }),
        Shape::Object(_) if definition.is_open_object() => json!({ "type": "object" }),
        Shape::Object(object) => build_object_schema(object),
    }
}

fn build_operation_object(operation: &Operation) -> Json {
    let parameters: Vec<Json> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let place = match parameter.place {
                ParameterPlace::Path => "path",
                ParameterPlace::Query => "query",
                ParameterPlace::Header => "header",
            };
            let mut schema = build_value_schema(&parameter.schema);
            // A URL or a header cannot contain null, so `nullable` is left out of the schemas of parameters.
            if let Some(schema) = schema.as_object_mut() {
                schema.remove("nullable");
            }
            let required = callers_must_set(parameter);
            json!({ "name": parameter.name, "in": place, "required": required, "schema": schema })
        })
        .collect();
    let mut object = json!({ "operationId": operation.id, "parameters": parameters });
    if let Some(body) = find_body_schema(operation) {
        let content = json!({ "application/json": { "schema": build_value_schema(body) } });
        object["requestBody"] = json!({ "required": true, "content": content });
    }
    let content = match &operation.success_bodies {
        SuccessBodies::Same(SuccessBody::Json(body)) => {
            json!({ "application/json": { "schema": build_value_schema(body) } })
        }
        SuccessBodies::Same(SuccessBody::AnyJson) => json!({ "application/json": { "schema": {} } }),
        SuccessBodies::Same(SuccessBody::Empty) => json!({}),
        SuccessBodies::Same(SuccessBody::Text | SuccessBody::Bytes) | SuccessBodies::ByStatus { .. } => {
            json!({ "*/*": {} })
        }
    };
    let responses: serde_json::Map<String, Json> = operation
        .successful_responses()
        .map(|success| (success.status.clone(), json!({ "description": "", "content": content })))
        .collect();
    object["responses"] = responses.into();
    object
}

/// Whether progenitor can build the request of an operation in the way that OpenAPI demands. progenitor supports only
/// the default styles and no objects in parameters, writes date-times in another format, and always accepts
/// `application/json`.
pub(crate) fn is_supported_by_progenitor(operation: &Operation) -> bool {
    let is_date_time = |schema: &Schema| matches!(schema.ty, Type::DateTime);
    let is_plain = |parameter: &Parameter| match (parameter.place, parameter.style, parameter.text_shape) {
        (ParameterPlace::Path | ParameterPlace::Header, Style::Simple, Some(TextShape::Text)) => {
            !is_date_time(&parameter.schema)
        }
        (ParameterPlace::Query, Style::Form, Some(TextShape::Text)) => true,
        (ParameterPlace::Query, Style::Form, Some(TextShape::TextList)) => parameter.explode,
        _ => false,
    };
    operation.method != "trace"
        && operation.accept_header.is_none()
        && operation.parameters.iter().all(is_plain)
}

/// The reason why the runtime writes the body of a request, and not the code that progenitor generates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuntimeBodyReason {
    /// progenitor cannot build the request at all, so the runtime builds all of it.
    WholeRequest,
    /// The body is not `application/json`, the only media type that progenitor writes.
    UnsupportedMediaType,
    /// The body is a form, which progenitor does not support.
    Form,
    /// The body has several media types; progenitor supports only one.
    SeveralMediaTypes,
    /// The body is optional; progenitor always writes a body.
    OptionalBody,
    /// The body contains decimals that are JSON numbers; serde would write them as strings.
    DecimalsAsNumbers,
}

/// Returns the reason why the runtime writes the body of an operation; `None` if progenitor writes the body, or the
/// operation has none.
pub(crate) fn find_runtime_body_reason(operation: &Operation) -> Option<RuntimeBodyReason> {
    let body = operation.body.as_ref()?;
    if !is_supported_by_progenitor(operation) {
        return Some(RuntimeBodyReason::WholeRequest);
    }
    let [media] = body.media_types.as_slice() else { return Some(RuntimeBodyReason::SeveralMediaTypes) };
    match &media.content {
        BodyContent::Multipart(_) | BodyContent::UrlEncoded(_) => Some(RuntimeBodyReason::Form),
        BodyContent::Bytes => Some(RuntimeBodyReason::UnsupportedMediaType),
        BodyContent::Json(_) if media_type_essence(&media.media_type) != "application/json" => {
            Some(RuntimeBodyReason::UnsupportedMediaType)
        }
        BodyContent::Json(_) if !body.required => Some(RuntimeBodyReason::OptionalBody),
        BodyContent::Json(schema) => {
            schema.uses_number_form().then_some(RuntimeBodyReason::DecimalsAsNumbers)
        }
    }
}

/// Returns the schema of the operation's body if progenitor writes the body; otherwise `None`.
fn find_body_schema(operation: &Operation) -> Option<&Schema> {
    match (find_runtime_body_reason(operation), operation.request_media_types()) {
        (None, [media]) => match &media.content {
            BodyContent::Json(schema) => Some(schema),
            _ => None,
        },
        _ => None,
    }
}

/// Whether callers must set a parameter. If a required parameter is nullable, callers leave it out to send null,
/// because a query or a header cannot contain null. A parameter in the path must always be set.
pub(crate) fn callers_must_set(parameter: &Parameter) -> bool {
    parameter.required && (parameter.place == ParameterPlace::Path || !parameter.schema.nullable)
}

/// Returns the schemas of all parameters, bodies, parts of forms and success responses. typify generates a Rust type
/// for each of these schemas. The key of a schema is its JSON text, so equal schemas occur once.
pub(super) fn collect_used_schemas(model: &Model) -> BTreeMap<String, Json> {
    let schemas = model.operations.iter().flat_map(|operation| {
        let (same, by_status) = match &operation.success_bodies {
            SuccessBodies::Same(body) => (Some(body), &[][..]),
            SuccessBodies::ByStatus { variants, .. } => (None, variants.as_slice()),
        };
        let bodies = same.into_iter().chain(by_status.iter().map(|variant| &variant.body));
        operation.request_schemas().chain(bodies.filter_map(|body| match body {
            SuccessBody::Json(schema) => Some(schema),
            _ => None,
        }))
    });
    schemas.map(self::build_value_schema).map(|schema| (schema.to_string(), schema)).collect()
}

/// Returns the number of schemas in [`collect_used_schemas`].
pub(crate) fn count_used_schemas(model: &Model) -> usize {
    collect_used_schemas(model).len()
}

/// Returns the key of a schema in the map that [`collect_used_schemas`] returns.
pub(super) fn to_used_schema_key(schema: &Schema) -> String {
    self::build_value_schema(schema).to_string()
}

/// Returns the name of a property of the object [`USED_SCHEMAS_TYPE_NAME`]: the property that has the schema at this
/// index of [`collect_used_schemas`].
pub(super) fn to_used_schema_property_name(index: usize) -> String {
    format!("v{index}")
}

/// Builds the schema of an object for typify.
fn build_object_schema(object: &Object) -> Json {
    let properties = object.fields.iter().map(|field| {
        let mut property = build_value_schema(&field.schema);
        // In the schema for typify, an optional list or map is made nullable. Otherwise the code that typify generates
        // would read an absent list or map as an empty one.
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
    if let Some(rest) = &object.additional_properties {
        schema["additionalProperties"] = self::build_value_schema(rest);
    }
    schema
}

/// Builds the schema of a value for typify.
fn build_value_schema(schema: &Schema) -> Json {
    if let Some(name) = schema.type_name() {
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        return match schema.nullable {
            true => json!({ "allOf": [reference], "nullable": true }),
            false => reference,
        };
    }
    let mut written = match &schema.ty {
        Type::String | Type::FileContent => json!({ "type": "string" }),
        Type::Uuid => json!({ "type": "string", "format": "uuid" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::DateTime => json!({ "type": "string", "format": "date-time" }),
        Type::Decimal(DecimalForm::String) => json!({ "type": "string", "format": "decimal" }),
        Type::Decimal(DecimalForm::Number) => json!({ "type": "number", "format": "decimal" }),
        Type::Integer(IntegerType::I32) => json!({ "type": "integer", "format": "int32" }),
        Type::Integer(IntegerType::I64) => json!({ "type": "integer", "format": "int64" }),
        Type::Integer(IntegerType::U64) => json!({ "type": "integer", "format": "uint64" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::List(items) => json!({ "type": "array", "items": self::build_value_schema(items) }),
        Type::Map(values) => {
            json!({ "type": "object", "additionalProperties": self::build_value_schema(values) })
        }
        Type::Object => json!({ "type": "object" }),
        Type::Json | Type::Named(_) => json!({}),
    };
    if schema.nullable {
        written["nullable"] = true.into();
    }
    written
}
