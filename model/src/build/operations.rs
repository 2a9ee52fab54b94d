//! The operations, with the types of what they send and receive.

use partner_spec::{Location, Node};

use super::flatten::annotated_reference;
use super::schema::Reader;
use super::{aliases, envelope};
use crate::api::{self, Api, MediaKind, ref_name};
use crate::names::type_name;
use crate::operation::{
    Body, Content, Media, Operation, Parameter, Response, Success, SuccessBody, Wrapping,
};
use crate::rules::expansion_limit;
use crate::types::{Field, Form, Schema, Shape, Type};

/// Reads all operations.
pub(super) fn read(api: &Api, reader: &mut Reader<'_>) -> Vec<Operation> {
    let operations: Vec<Operation> =
        api.operations.iter().map(|operation| one(operation, api, reader)).collect();
    envelope::check_used(api, operations.iter().any(|o| o.wrapping.is_some()), &mut reader.found);
    operations
}

fn one(operation: &api::Operation, api: &Api, reader: &mut Reader<'_>) -> Operation {
    let name = type_name(&operation.id);
    let parameters = operation.parameters.iter().map(|parameter| read_parameter(parameter, &name, reader));
    let parameters = parameters.collect();
    let body = operation.body.as_ref().map(|body| Body {
        required: body.required,
        description: body.description.clone(),
        media: body.media.iter().map(|media| read_media(media, &name, reader)).collect(),
    });
    let (responses, wrapping) = responses(operation, api, &name, reader);
    Operation {
        id: operation.id.clone(),
        name: operation.name.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        module: operation.module.clone(),
        summary: operation.summary.clone(),
        description: operation.description.clone(),
        docs: operation.docs.clone(),
        availability: operation.availability,
        deprecated: operation.deprecated,
        idempotent: operation.idempotent,
        security: operation.security,
        parameters,
        body,
        pagination: operation.pagination.clone(),
        waiters: operation.waiters.clone(),
        responses,
        success: Success::Same(SuccessBody::Empty),
        wrapping,
        may_be_empty: false,
        location: operation.location.clone(),
    }
}

fn read_parameter(parameter: &api::Parameter, operation: &str, reader: &mut Reader<'_>) -> Parameter {
    let context = format!("{operation}{}", type_name(&parameter.name));
    let mut schema = checked(&parameter.schema, &context, reader);
    // A query or a path holds text, whatever the document calls it.
    if let Type::Decimal(form) = &mut schema.ty {
        *form = Form::String;
    }
    Parameter {
        name: parameter.name.clone(),
        place: parameter.place,
        required: parameter.required,
        description: parameter.description.clone(),
        deprecated: parameter.deprecated,
        joined: parameter.joined,
        schema,
        location: parameter.location.clone(),
    }
}

fn read_media(media: &api::Media, operation: &str, reader: &mut Reader<'_>) -> Media {
    let content = match media.kind {
        MediaKind::Json => Content::Json(checked(&media.schema, &format!("{operation}Body"), reader)),
        MediaKind::Multipart => Content::Multipart(parts(&media.schema, operation, reader)),
    };
    Media {
        content_type: media.content_type.clone(),
        method_name: media.method_name.clone(),
        content,
        location: media.location.clone(),
    }
}

/// The parts of a multipart body: arguments of a call, not fields of a type.
fn parts(schema: &Node, operation: &str, reader: &mut Reader<'_>) -> Vec<Field> {
    let key = ref_name(annotated_reference(schema).unwrap_or(schema));
    let Some(component) = key.and_then(|key| reader.components.get(key)) else {
        return match reader.flattener.flatten(schema).map(|flat| flat.into_owned()) {
            Ok(flat) => reader.object(&flat, operation).fields,
            Err(diagnostic) => {
                reader.found.push(*diagnostic);
                Vec::new()
            }
        };
    };
    let (weight, location) = (component.node.weight(), component.node.location.clone());
    let definition = reader.types.get(&component.name).map(|definition| definition.shape.clone());
    match definition {
        Some(Shape::Object(object)) if reader.allows(weight, &location) => object.fields,
        _ => Vec::new(),
    }
}

/// The responses, and how the successes among them are wrapped.
fn responses(
    operation: &api::Operation,
    api: &Api,
    name: &str,
    reader: &mut Reader<'_>,
) -> (Vec<Response>, Option<Wrapping>) {
    let context = format!("{name}Response");
    let mut wrapping = Wrapping::default();
    let (mut plain, mut wrapped): (Vec<&Location>, Vec<&Location>) = (Vec::new(), Vec::new());
    let mut responses = Vec::new();
    for response in &operation.responses {
        let mut content = Vec::new();
        let unwrapped = api.envelope.as_ref().filter(|_| response.is_success());
        match unwrapped.and_then(|envelope| envelope::unwrap(response, envelope, reader)) {
            Some(inside) => {
                wrapping.flag_required |= inside.promised.flag_required;
                wrapping.data_required |= inside.promised.data_required;
                wrapped.push(&response.location);
                // Every operation gets a copy of what is inside. Where there is nothing, the response says only that the
                // call succeeded.
                let weight = inside.data.as_ref().map_or(0, Node::weight);
                let schema = match inside.data.filter(|_| reader.allows(weight, &response.location)) {
                    Some(data) => Some(checked(&data, &context, reader)),
                    None => None,
                };
                content.extend(
                    response
                        .media
                        .first()
                        .zip(schema)
                        .map(|((media, _), schema)| (media.clone(), Some(schema))),
                );
            }
            None if response.is_success() => {
                plain.push(&response.location);
                let read = |schema: &Option<Node>, reader: &mut Reader<'_>| {
                    schema.as_ref().map(|schema| checked(schema, &context, reader))
                };
                for (media, schema) in &response.media {
                    content.push((media.clone(), read(schema, reader)));
                }
            }
            None => content.extend(response.media.iter().map(|(media, _)| (media.clone(), None))),
        }
        responses.push(Response {
            status: response.status.clone(),
            description: response.description.clone(),
            content,
            location: response.location.clone(),
        });
    }
    envelope::check_mixed(operation, &wrapped, &plain, &mut reader.found);
    (responses, (!wrapped.is_empty()).then_some(wrapping))
}

/// Reads a schema of an operation, and reports one that is nested too deep.
fn checked(node: &Node, context: &str, reader: &mut Reader<'_>) -> Schema {
    let schema = reader.schema(node, context);
    if aliases::is_too_deep(&schema) {
        reader.found.push(expansion_limit::nested("a list or map", aliases::MAX_DEPTH, &node.location));
    }
    schema
}
