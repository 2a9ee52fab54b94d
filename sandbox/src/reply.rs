//! Responses of handlers, and their conversion into HTTP responses.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderValue, StatusCode, header};
use partner_client::Json;
use partner_client::api::Api;
use partner_client::operation::{OperationEntry, ResponseKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::body::JSON_MEDIA_TYPE;

/// The response that a handler returns. It lacks the parts that depend on the operation: the default status, and the
/// envelope (the JSON object in which the API wraps the data of a success). [`into_response`](Reply::into_response)
/// adds these parts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// The HTTP status; `None` stands for the first success status that the OpenAPI document lists for the operation.
    status: Option<u16>,
    content: ReplyContent,
}

#[derive(Debug, Clone, PartialEq)]
enum ReplyContent {
    Empty,
    /// The data of a success. If the operation has an envelope (a JSON object around the data), the envelope is added
    /// later.
    SuccessData(Value),
    /// The media type of a body, and the bytes of the body, which are sent unchanged.
    RawBody(String, Bytes),
    /// The connection is closed without a response.
    Disconnect,
}

/// The result of a handler: `Ok` with a success response, or `Err` with a failure response. Both are sent to the
/// client. Failure responses are in `Err`, so that handlers can use `?`.
pub(crate) type HandlerResult = Result<Reply, Reply>;

impl Reply {
    /// Returns a success response with `data`, which must conform to the client's type `T`. If `T` lacks a property of
    /// `data`, or has another type for it, the sandbox has a bug, and a failure response with status 500 is returned.
    pub(crate) fn success_conforming_to<T: DeserializeOwned + Serialize>(data: Value) -> Reply {
        match survives_round_trip::<T>(&data) {
            true => Reply::success_with_data(data),
            false => {
                let message = format!("the sandbox made a value that is no {}", std::any::type_name::<T>());
                Reply::from_json(500, json!({ "message": message }))
            }
        }
    }

    /// Returns a success response with `data`. If the operation has an envelope (a JSON object around the data), the
    /// envelope is added later.
    pub(crate) fn success_with_data(data: Value) -> Reply {
        Reply { status: None, content: ReplyContent::SuccessData(data) }
    }

    /// Returns a success response without a body.
    pub(crate) fn success_without_body() -> Reply {
        Reply { status: None, content: ReplyContent::Empty }
    }

    /// Returns a success response with this media type, and this text as its body.
    pub(crate) fn success_with_text(media_type: &str, text: impl Into<String>) -> Reply {
        Reply {
            status: None,
            content: ReplyContent::RawBody(media_type.to_owned(), Bytes::from(text.into())),
        }
    }

    /// Returns a reply with this status and this JSON body, which is sent unchanged. If the API has an envelope (a JSON
    /// object around the data of a response), `body` must include it.
    pub(crate) fn from_json(status: u16, body: Value) -> Reply {
        Reply::from_body(status, JSON_MEDIA_TYPE, body.to_string().into())
    }

    /// Returns a reply with this status, media type and body.
    pub(crate) fn from_body(status: u16, media_type: &str, body: Bytes) -> Reply {
        Reply { status: Some(status), content: ReplyContent::RawBody(media_type.to_owned(), body) }
    }

    /// Returns a failure response with this status and without a body.
    pub(crate) fn failure_without_body(status: u16) -> Reply {
        Reply { status: Some(status), content: ReplyContent::Empty }
    }

    /// Returns a reply that closes the connection without a response, after the whole request was read.
    pub(crate) fn closed_connection() -> Reply {
        Reply { status: None, content: ReplyContent::Disconnect }
    }

    /// Replaces the HTTP status of the reply.
    pub(crate) fn with_status(self, status: u16) -> Reply {
        Reply { status: Some(status), ..self }
    }

    /// Converts the reply into an HTTP response. `operation` is the operation that the request calls; `None` if the API
    /// has no operation with the request's method and path.
    pub(crate) fn into_response(self, api: &Api, operation: Option<&OperationEntry>) -> Response {
        let status = self.status.or_else(|| operation?.success_statuses.first().copied()).unwrap_or(200);
        let kind = operation.map(|operation| operation.response_kind);
        let (media_type, body) = match self.content {
            ReplyContent::Empty => (None, Body::empty()),
            ReplyContent::RawBody(media_type, body) => (Some(media_type), Body::from(body)),
            ReplyContent::SuccessData(_) if kind == Some(ResponseKind::Empty) => (None, Body::empty()),
            ReplyContent::SuccessData(Value::String(text)) if kind == Some(ResponseKind::Text) => {
                (Some(mime::TEXT_HTML_UTF_8.to_string()), Body::from(text))
            }
            ReplyContent::SuccessData(data) => {
                let is_enveloped = operation.is_some_and(|operation| operation.response_is_enveloped);
                let json = match api.envelope.filter(|_| is_enveloped) {
                    Some(envelope) => {
                        json!({ envelope.success_property_name: true, envelope.data_property_name: data })
                    }
                    None => data,
                };
                (Some(JSON_MEDIA_TYPE.to_owned()), Body::from(json.to_string()))
            }
            ReplyContent::Disconnect => (None, Body::from_stream(FailingBody)),
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let Some(media_type) = media_type.and_then(|media_type| HeaderValue::from_str(&media_type).ok()) {
            response.headers_mut().insert(header::CONTENT_TYPE, media_type);
        }
        response
    }
}

/// A response body that fails before its first byte. The HTTP server then closes the connection without a response,
/// because it has not sent the status and headers yet.
struct FailingBody;

impl Stream for FailingBody {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into())))
    }
}

/// Whether deserializing a value as `T` and serializing the result gives an equal value. Properties that are null count
/// as absent.
fn survives_round_trip<T: DeserializeOwned + Serialize>(data: &Value) -> bool {
    let serialized = T::deserialize(data).ok().map(|model| to_wire_json(&model));
    serialized
        .is_some_and(|serialized| remove_null_properties(serialized) == remove_null_properties(data.clone()))
}

/// Converts a model to JSON as the API sends it. `serde_json::to_value` is not used, because it would turn all decimals
/// into strings.
pub(crate) fn to_wire_json<T: Serialize>(model: &T) -> Value {
    Json::from_serialize(model).and_then(|json| json.to_value_lossy()).unwrap_or_default()
}

/// Removes all null properties, also those of nested objects.
fn remove_null_properties(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, remove_null_properties(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(remove_null_properties).collect()),
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_client::unigox::PartnerUser;

    #[test]
    fn a_reply_has_to_fit_its_model() {
        assert!(survives_round_trip::<PartnerUser>(&json!({ "email": "a@example.com", "wallet": null })));
        assert!(!survives_round_trip::<PartnerUser>(&json!({ "e_mail": "a@example.com" })));
        assert!(!survives_round_trip::<PartnerUser>(&json!({ "user_uuid": "7" })));
        assert_eq!(Reply::success_conforming_to::<PartnerUser>(json!({ "email": 1 })).status, Some(500));
    }
}
