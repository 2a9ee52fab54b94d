//! Makes a response from an example in the document. Values that occur both in the request and in the example, like
//! ids, are taken from the request.

use std::cell::Cell;

use partner_client::Decimal;
use partner_client::api::Envelope;
use partner_client::operation::OperationEntry;
use partner_spec::Node;
use serde_json::{Map, Value, json};

use crate::body::{BodyContent, JSON_MEDIA_TYPE, MULTIPART_MEDIA_TYPE};
use crate::call::Call;
use crate::document::{DocumentedOperation, Example};
use crate::expiry;
use crate::reply::Reply;
use crate::schema;

/// Returns a success response whose body is an example from the document. Where the example repeats a value of the
/// document's example request, the response repeats the value of the actual request instead. The response has no body
/// if the document has no example.
pub(crate) fn build_example_reply(
    documented: DocumentedOperation<'_>,
    envelope: Option<Envelope>,
    call: &Call<'_>,
) -> Reply {
    let Some((media_type, media)) = find_success_media_type_and_node(documented, call.operation) else {
        return Reply::success_without_body();
    };
    let fields = call.body_fields();
    let request_example = find_closest_request_example(documented, call, &fields);
    let examples = documented.examples_of_media_type(media);
    let same_name =
        |example: &&Example<'_>| request_example.is_some_and(|request| request.name == example.name);
    let Some(example) = examples.iter().find(same_name).or(examples.first()) else {
        return Reply::success_without_body();
    };
    let example = example.to_json();
    if media_type != JSON_MEDIA_TYPE {
        return Reply::success_with_text(media_type, example.as_str().unwrap_or_default());
    }
    let mut body = example.clone();
    let values = collect_request_parameters_and_fields(documented, call, fields, request_example);
    replace_repeated_values(&mut body, None, &values);
    replace_id_with_path_parameter(&mut body, call);
    expiry::move_timestamps_if_expired(&mut body);
    if let Some(pagination) = documented.pagination_extension() {
        limit_to_one_page(&mut body, envelope, pagination, call);
    }
    // A value that was taken from the request can violate the schema of the response. In this case, the unchanged
    // example is sent.
    let conforms_to_schema = media.get("schema").is_none_or(|schema| {
        schema::check_value(documented.document_root(), schema, &body, "the response").is_ok()
    });
    Reply::success_with_text(JSON_MEDIA_TYPE, if conforms_to_schema { body } else { example }.to_string())
}

/// Returns the request example in the document that is closest to the request. The closest example is the one with the
/// fewest fields that only the example or only the request has. If several examples are equally close, the one with the
/// fewest differing values is chosen.
fn find_closest_request_example<'a>(
    documented: DocumentedOperation<'a>,
    call: &Call<'_>,
    fields: &[(String, Value)],
) -> Option<Example<'a>> {
    let media_type = if matches!(call.body_content, BodyContent::Multipart(_)) {
        MULTIPART_MEDIA_TYPE
    } else {
        JSON_MEDIA_TYPE
    };
    let examples = documented.examples_of_media_type(documented.find_request_media_type_node(media_type)?);
    examples.into_iter().min_by_key(|example| {
        let Value::Object(example) = example.to_json() else { return (usize::MAX, 0) };
        let shared = fields.iter().filter(|(key, _)| example.contains_key(key)).count();
        let equal = fields.iter().filter(|(key, value)| example.get(key) == Some(value)).count();
        (example.len() + fields.len() - 2 * shared, fields.len() - equal)
    })
}

/// Returns the body of an example of the operation's success responses: the example with the name `name`, or the first
/// example if `name` is `None`. Returns `None` if the document has no such example.
pub(crate) fn find_success_example_body(
    documented: DocumentedOperation<'_>,
    operation: &OperationEntry,
    name: Option<&str>,
) -> Option<Value> {
    let first = find_success_media_type_and_node(documented, operation).into_iter();
    let successes = documented.responses().filter(|(status, _)| status.starts_with('2'));
    let all = successes.flat_map(|(_, response)| documented.media_types(response));
    let mut examples = first.chain(all).flat_map(|(_, media)| documented.examples_of_media_type(media));
    examples.find(|example| name.is_none_or(|name| name == example.name)).map(|example| example.to_json())
}

/// Returns the first media type of the operation's first success response, and the node with its schema and examples.
fn find_success_media_type_and_node<'a>(
    documented: DocumentedOperation<'a>,
    operation: &OperationEntry,
) -> Option<(&'a str, &'a Node)> {
    let exact = operation.success_statuses.first().map(u16::to_string);
    let is_first = |status: &str| status == "2XX" || exact.as_deref() == Some(status);
    let (_, response) = documented.responses().find(|(status, _)| is_first(status))?;
    documented.media_types(response).next()
}

/// A parameter or field of a request, whose value the response may repeat.
struct RequestParameterOrField {
    name: String,
    value: Value,
    /// The value of this parameter or field in the document's request example; `None` if the example does not have it.
    example_value: Option<Value>,
    /// Whether the value belongs to a path parameter. Such a value identifies the resource that the response describes.
    is_path_parameter: bool,
}

/// Returns the parameters and fields of a request. Each of them has two values: the value that was sent, and the value
/// in the document's example of the request.
fn collect_request_parameters_and_fields(
    documented: DocumentedOperation<'_>,
    call: &Call<'_>,
    fields: Vec<(String, Value)>,
    request_example: Option<Example<'_>>,
) -> Vec<RequestParameterOrField> {
    let example =
        |name: &str| Some(crate::document::node_to_json(documented.find_parameter(name)?.get("example")?));
    let parameter = |is_path_parameter| {
        move |(name, value): &(String, String)| RequestParameterOrField {
            name: name.clone(),
            value: value.as_str().into(),
            example_value: example(name),
            is_path_parameter,
        }
    };
    let example_fields = match request_example.map(|example| example.to_json()) {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let field = |(name, value): (String, Value)| {
        let example_value = example_fields.get(&name).cloned();
        RequestParameterOrField { name, value, example_value, is_path_parameter: false }
    };
    let parameters = call
        .path_parameters
        .iter()
        .map(parameter(true))
        .chain(call.query_parameters.iter().map(parameter(false)));
    parameters.chain(fields.into_iter().map(field)).collect()
}

/// Replaces values in a response example by values of the received request. This applies to properties in which the
/// response repeats a value of the request, like an e-mail address.
fn replace_repeated_values(value: &mut Value, key: Option<&str>, sent_values: &[RequestParameterOrField]) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                replace_repeated_values(value, Some(key), sent_values);
            }
        }
        Value::Array(items) => {
            for item in items.iter_mut().filter(|item| item.is_object()) {
                replace_repeated_values(item, None, sent_values);
            }
        }
        scalar => {
            let repeated = sent_values
                .iter()
                .find(|sent| key.is_some_and(|key| repeats_request_value(sent, key, scalar)));
            if let Some(converted) = repeated.and_then(|sent| convert_to_type_of_example(&sent.value, scalar))
            {
                *scalar = converted;
            }
        }
    }
}

/// If the operation's path ends with a parameter, and the response has a string `id`, sets this `id` to the parameter's
/// value.
fn replace_id_with_path_parameter(body: &mut Value, call: &Call<'_>) {
    let Some((name, id)) = call.path_parameters.last() else { return };
    if call.operation.path.ends_with(&format!("{{{name}}}"))
        && let Some(known) = body.get_mut("id").filter(|known| known.is_string())
    {
        *known = id.as_str().into();
    }
}

/// Changes a response that contains one page of a list, as if the list had only this page. The totals in the response
/// become the number of items on the page. If the request asks for a later page, the items are removed.
fn limit_to_one_page(body: &mut Value, envelope: Option<Envelope>, pagination: &Node, call: &Call<'_>) {
    let contents = match envelope {
        Some(envelope) => &mut body[envelope.data_property_name],
        None => body,
    };
    let mut set = |key: &str, change: &dyn Fn(&mut Value)| {
        if let Some(value) = pagination.get_str(key).and_then(|pointer| contents.pointer_mut(pointer)) {
            change(value);
        }
    };
    let number = |key: &str| call.query_parameter(pagination.get_str(key)?)?.parse::<u64>().ok();
    let count = Cell::new(0);
    set("items", &|items| count.set(items.as_array().map_or(0, Vec::len)));
    if number("page").is_some_and(|page| page > 1) || number("offset").is_some_and(|offset| offset > 0) {
        set("items", &|items| *items = json!([]));
    }
    set("total", &|total| *total = count.get().into());
    set("total_pages", &|total| *total = 1.into());
    set("has_more", &|more| *more = false.into());
}

/// Whether a property of a response repeats `sent`, a value from the request. `key` and `example` are the name and the
/// value of the property in the example response. Returns false if the request value and the property have the same
/// name, but the document's examples have different values for them. In this case, the vendor calculates the value in
/// the response, like a net amount from a gross amount.
fn repeats_request_value(sent: &RequestParameterOrField, key: &str, example: &Value) -> bool {
    let is_same_value =
        sent.example_value.as_ref().is_some_and(|documented| are_loosely_equal(documented, example));
    match to_comparable_name(key) == to_comparable_name(&sent.name) {
        true => sent.is_path_parameter || sent.example_value.is_none() || example.is_null() || is_same_value,
        false => key == "id" && sent.is_path_parameter && is_same_value,
    }
}

/// Converts a name to lower case without underscores, so that `external_user_id` and `externalUserId` become equal.
fn to_comparable_name(name: &str) -> String {
    name.replace('_', "").to_ascii_lowercase()
}

/// Whether two values are loosely equal: numbers, and strings that contain numbers, are compared as numbers.
fn are_loosely_equal(a: &Value, b: &Value) -> bool {
    let decimal = |value: &Value| string_or_number_to_text(value)?.parse::<Decimal>().ok();
    a == b || decimal(a).is_some_and(|a| decimal(b) == Some(a))
}

/// Returns the text of a JSON string or number; `None` for other values.
fn string_or_number_to_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Converts a value to the JSON type of `example`. Returns `None` if the value cannot be converted.
fn convert_to_type_of_example(value: &Value, example: &Value) -> Option<Value> {
    match (value, example) {
        (Value::Array(_) | Value::Object(_) | Value::Null, _) => None,
        (value, Value::Null) => Some(value.clone()),
        (value, Value::String(_)) => string_or_number_to_text(value).map(Value::from),
        (Value::Number(_), Value::Number(_)) | (Value::Bool(_), Value::Bool(_)) => Some(value.clone()),
        (Value::String(text), Value::Number(_) | Value::Bool(_)) => {
            serde_json::from_str(text).ok().filter(|parsed| is_same_type(parsed, example))
        }
        _ => None,
    }
}

fn is_same_type(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}
