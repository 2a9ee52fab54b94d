//! Determines the bodies of an operation's successful responses: one body for all statuses, or an enum with a variant
//! for each status.

use std::collections::{BTreeMap, BTreeSet};

use crate::media::{BodyKind, extract_media_type_essence, is_json_media_type};
use crate::model::Model;
use crate::names::to_type_name;
use crate::operation::{Operation, Response, StatusVariant, SuccessBodies, SuccessBody};
use crate::types::{Schema, Type, TypeDefinition, TypeShape};

/// Fills in three properties of each operation: the bodies of its successful responses, its `Accept` header, and
/// whether an empty body is accepted.
pub(super) fn fill_in_success_response_properties(model: &mut Model) {
    for operation in &mut model.operations {
        // A response to HEAD never has a body (RFC 9110, 9.3.2), so content that the document describes for such a
        // response is ignored.
        let can_have_body = operation.method != "head";
        let body = |response| if can_have_body { read_success_body(response) } else { SuccessBody::Empty };
        let bodies: Vec<_> =
            operation.successful_responses().map(|response| (response, body(response))).collect();
        let Some((_, first)) = bodies.first() else { continue };
        operation.success_bodies = match bodies.iter().all(|(_, body)| body.has_same_rust_type_as(first)) {
            true => SuccessBodies::SameForAllStatuses(first.clone()),
            false => collect_bodies_by_status(operation, &bodies),
        };
        operation.success_body_may_be_empty = success_body_may_be_empty(operation, &model.types);
        operation.accept_header_override = find_accept_header_override(operation);
    }
}

/// Returns the `Accept` header of an operation. Returns `None` if the client's default header suffices, because the
/// successful responses have no JSON type other than `application/json`.
fn find_accept_header_override(operation: &Operation) -> Option<String> {
    let types = operation
        .successful_responses()
        .flat_map(|response| &response.media_types_with_schemas)
        .map(|(media_type, _)| media_type);
    let types: BTreeSet<&str> = types.map(String::as_str).collect();
    let is_special = |media_type: &&str| {
        is_json_media_type(media_type) && extract_media_type_essence(media_type) != "application/json"
    };
    types.iter().any(is_special).then(|| types.into_iter().collect::<Vec<_>>().join(", "))
}

/// Whether a client accepts a successful response with an empty body. It does if all fields of the documented body are
/// optional, with two exceptions:
///
/// - The response has an envelope, a JSON object around the data, and the property with the data is required.
/// - The operation has pagination. The runtime does not make up an empty list.
fn success_body_may_be_empty(operation: &Operation, types: &BTreeMap<String, TypeDefinition>) -> bool {
    let promised =
        operation.required_envelope_properties.is_some_and(|wrapping| wrapping.requires_data_property)
            || operation.pagination.is_some();
    !promised
        && operation
            .common_success_response_schema()
            .is_some_and(|schema| has_only_optional_fields(schema, types))
}

/// Whether a schema is an object whose fields are all optional.
fn has_only_optional_fields(schema: &Schema, types: &BTreeMap<String, TypeDefinition>) -> bool {
    let definition = schema.ty.name().and_then(|name| types.get(name));
    definition.is_some_and(|definition| match &definition.shape {
        TypeShape::Object(object) => object.required_keys.is_empty() && !definition.is_open_object(),
        _ => false,
    })
}

fn collect_bodies_by_status(operation: &Operation, bodies: &[(&Response, SuccessBody)]) -> SuccessBodies {
    let variant = |(response, body): &(&Response, SuccessBody)| StatusVariant {
        status: response.status.clone(),
        variant_name: to_status_variant_name(&response.status),
        body: body.clone(),
    };
    let enum_name = format!("{}Outcome", to_type_name(&operation.id));
    SuccessBodies::ByStatus { enum_name, variants: bodies.iter().map(variant).collect() }
}

/// Returns the name of the enum variant for a response status. A common status gets its HTTP name, like `NoContent` for
/// `204`. Any other status gets a name like `Status299`.
fn to_status_variant_name(status: &str) -> String {
    let known = match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritative",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "2XX" => "Other",
        _ => return format!("Status{status}"),
    };
    known.to_owned()
}

fn read_success_body(response: &Response) -> SuccessBody {
    // Only the first media type is read. If a response has several media types, the rule `several-content-types` has
    // reported this.
    let Some((media_type, schema)) = response.media_types_with_schemas.first() else {
        return SuccessBody::Empty;
    };
    match BodyKind::from_media_type(media_type) {
        BodyKind::Json => match schema.as_ref().filter(|schema| !matches!(schema.ty, Type::Json)) {
            Some(schema) => SuccessBody::Json(schema.clone()),
            None => SuccessBody::AnyJson,
        },
        BodyKind::Text => SuccessBody::Text,
        BodyKind::Multipart | BodyKind::UrlEncoded | BodyKind::Bytes => SuccessBody::Bytes,
    }
}
