//! Makes a response from an example of the document. Values that both the request and the example have, like ids, are
//! replaced by those of the request.

use std::cell::Cell;

use partner_client::Decimal;
use partner_client::api::Envelope;
use partner_client::operation::Operation;
use partner_spec::Node;
use serde_json::{Map, Value, json};

use crate::body::{Content, JSON, MULTIPART};
use crate::call::Call;
use crate::document::{DocumentedOperation, Example};
use crate::expiry;
use crate::reply::Reply;
use crate::schema;

/// The documented response to a call. An operation whose success has no example responds without a body.
pub(crate) fn respond(
    documented: DocumentedOperation<'_>,
    envelope: Option<Envelope>,
    call: &Call<'_>,
) -> Reply {
    let Some((media_type, media)) = success_media(documented, call.operation) else { return Reply::empty() };
    let fields = call.fields();
    let request = closest_request(documented, call, &fields);
    let examples = documented.examples(media);
    let same_name = |example: &&Example<'_>| request.is_some_and(|request| request.name == example.name);
    let Some(example) = examples.iter().find(same_name).or(examples.first()) else { return Reply::empty() };
    let example = example.value();
    if media_type != JSON {
        return Reply::text(media_type, example.as_str().unwrap_or_default());
    }
    let mut body = example.clone();
    let values = request_values(documented, call, fields, request);
    insert_request_values(&mut body, None, &values);
    insert_id(&mut body, call);
    expiry::renew(&mut body);
    if let Some(pagination) = documented.pagination() {
        end_list(&mut body, envelope, pagination, call);
    }
    // A value of the request can have a type that the response does not have there.
    let fits = media
        .get("schema")
        .is_none_or(|schema| schema::check(documented.root(), schema, &body, "the response").is_ok());
    Reply::text(JSON, if fits { body } else { example }.to_string())
}

/// The documented request that is most like this one: it has the most fields in common, and then the most values.
fn closest_request<'a>(
    documented: DocumentedOperation<'a>,
    call: &Call<'_>,
    fields: &[(String, Value)],
) -> Option<Example<'a>> {
    let media_type = if matches!(call.content, Content::Form(_)) { MULTIPART } else { JSON };
    let examples = documented.examples(documented.request_media(media_type)?);
    examples.into_iter().min_by_key(|example| {
        let Value::Object(example) = example.value() else { return (usize::MAX, 0) };
        let shared = fields.iter().filter(|(key, _)| example.contains_key(key)).count();
        let equal = fields.iter().filter(|(key, value)| example.get(key) == Some(value)).count();
        (example.len() + fields.len() - 2 * shared, fields.len() - equal)
    })
}

/// The body of a documented success: the first example, or the one with this name.
pub(crate) fn success_body(
    documented: DocumentedOperation<'_>,
    operation: &Operation,
    name: Option<&str>,
) -> Option<Value> {
    let first = success_media(documented, operation).into_iter();
    let successes = documented.responses().filter(|(status, _)| status.starts_with('2'));
    let all = successes.flat_map(|(_, response)| documented.media_types(response));
    let mut examples = first.chain(all).flat_map(|(_, media)| documented.examples(media));
    examples.find(|example| name.is_none_or(|name| name == example.name)).map(|example| example.value())
}

/// The media type of an operation's first success, with what the document says of it.
fn success_media<'a>(
    documented: DocumentedOperation<'a>,
    operation: &Operation,
) -> Option<(&'a str, &'a Node)> {
    let exact = operation.success.first().map(u16::to_string);
    let is_first = |status: &str| status == "2XX" || exact.as_deref() == Some(status);
    let (_, response) = documented.responses().find(|(status, _)| is_first(status))?;
    documented.media_types(response).next()
}

/// A value of a request that its response may repeat.
struct RequestValue {
    name: String,
    value: Value,
    /// The value that the examples of the document have in its place.
    documented: Option<Value>,
    /// Whether it is a part of the path, and so says what the response is about.
    is_in_path: bool,
}

/// The parameters and fields of a request, each with the value that the document's examples have in its place.
fn request_values(
    documented: DocumentedOperation<'_>,
    call: &Call<'_>,
    fields: Vec<(String, Value)>,
    request: Option<Example<'_>>,
) -> Vec<RequestValue> {
    let example = |name: &str| Some(crate::document::to_value(documented.parameter(name)?.get("example")?));
    let parameter = |is_in_path| {
        move |(name, value): &(String, String)| RequestValue {
            name: name.clone(),
            value: value.as_str().into(),
            documented: example(name),
            is_in_path,
        }
    };
    let request = match request.map(|request| request.value()) {
        Some(Value::Object(request)) => request,
        _ => Map::new(),
    };
    let field = |(name, value): (String, Value)| {
        let documented = request.get(&name).cloned();
        RequestValue { name, value, documented, is_in_path: false }
    };
    let parameters = call.path.iter().map(parameter(true)).chain(call.query.iter().map(parameter(false)));
    parameters.chain(fields.into_iter().map(field)).collect()
}

/// Puts the values of a request into the example of its response.
fn insert_request_values(value: &mut Value, key: Option<&str>, request: &[RequestValue]) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                insert_request_values(value, Some(key), request);
            }
        }
        Value::Array(items) => {
            for item in items.iter_mut().filter(|item| item.is_object()) {
                insert_request_values(item, None, request);
            }
        }
        scalar => {
            let repeated = request.iter().find(|sent| key.is_some_and(|key| is_repeated(sent, key, scalar)));
            if let Some(converted) = repeated.and_then(|sent| convert(&sent.value, scalar)) {
                *scalar = converted;
            }
        }
    }
}

/// Puts the id that a path ends with into a response that has it as its `id`.
fn insert_id(body: &mut Value, call: &Call<'_>) {
    let Some((name, id)) = call.path.last() else { return };
    if call.operation.path.ends_with(&format!("{{{name}}}"))
        && let Some(known) = body.get_mut("id").filter(|known| known.is_string())
    {
        *known = id.as_str().into();
    }
}

/// Makes a list end: the items of the example are all there are, and pages after the first one are empty.
fn end_list(body: &mut Value, envelope: Option<Envelope>, pagination: &Node, call: &Call<'_>) {
    let contents = match envelope {
        Some(envelope) => &mut body[envelope.data],
        None => body,
    };
    let mut set = |key: &str, change: &dyn Fn(&mut Value)| {
        if let Some(value) = pagination.str(key).and_then(|pointer| contents.pointer_mut(pointer)) {
            change(value);
        }
    };
    let number = |key: &str| call.query_parameter(pagination.str(key)?)?.parse::<u64>().ok();
    let count = Cell::new(0);
    set("items", &|items| count.set(items.as_array().map_or(0, Vec::len)));
    if number("page").is_some_and(|page| page > 1) || number("offset").is_some_and(|offset| offset > 0) {
        set("items", &|items| *items = json!([]));
    }
    set("total", &|total| *total = count.get().into());
    set("total_pages", &|total| *total = 1.into());
    set("has_more", &|more| *more = false.into());
}

/// Whether a response repeats a value of its request at this key. Where the examples of the document have different
/// values for the request and the response, like a gross and a net amount, the response has a value of its own.
fn is_repeated(sent: &RequestValue, key: &str, example: &Value) -> bool {
    let is_same_value = sent.documented.as_ref().is_some_and(|documented| is_equal(documented, example));
    match normalize(key) == normalize(&sent.name) {
        true => sent.is_in_path || sent.documented.is_none() || example.is_null() || is_same_value,
        false => key == "id" && sent.is_in_path && is_same_value,
    }
}

/// A name without the differences between `external_user_id` and `externalUserId`.
fn normalize(name: &str) -> String {
    name.replace('_', "").to_ascii_lowercase()
}

/// Whether two values are the same, whether they are written as strings or as numbers.
fn is_equal(a: &Value, b: &Value) -> bool {
    let decimal = |value: &Value| text(value)?.parse::<Decimal>().ok();
    a == b || decimal(a).is_some_and(|a| decimal(b) == Some(a))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A value in the type of another one; none when it cannot have that type.
fn convert(value: &Value, example: &Value) -> Option<Value> {
    match (value, example) {
        (Value::Array(_) | Value::Object(_) | Value::Null, _) => None,
        (value, Value::Null) => Some(value.clone()),
        (value, Value::String(_)) => text(value).map(Value::from),
        (Value::Number(_), Value::Number(_)) | (Value::Bool(_), Value::Bool(_)) => Some(value.clone()),
        (Value::String(text), Value::Number(_) | Value::Bool(_)) => {
            serde_json::from_str(text).ok().filter(|parsed| same_type(parsed, example))
        }
        _ => None,
    }
}

fn same_type(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}
