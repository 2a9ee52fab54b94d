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

/// The response of a handler. [`into_response`](Reply::into_response) adds the parts that depend on the operation: the
/// default status, and the envelope (the JSON object around the contents of a success).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// The HTTP status; `None` if the response gets the first success status that the document has for the operation.
    status: Option<u16>,
    content: ReplyContent,
}

#[derive(Debug, Clone, PartialEq)]
enum ReplyContent {
    Empty,
    /// The contents of a success. The envelope (the JSON object around the contents) is added later, if the operation
    /// has one.
    Contents(Value),
    /// A media type, and a body that is sent unchanged.
    RawBody(String, Bytes),
    /// The connection is closed without a response.
    Disconnect,
}

/// The reply of a handler: `Ok` with a success, or `Err` with a failure, so that handlers can use `?`. Both are sent.
pub(crate) type HandlerResult = Result<Reply, Reply>;

impl Reply {
    /// Returns a success with `data`, which must have the form of the client's model `T`. If the model lacks a property
    /// of `data`, or gives it another type, the sandbox has a bug, and the reply is a failure with status 500.
    pub(crate) fn success_of_model<T: DeserializeOwned + Serialize>(data: Value) -> Reply {
        match survives_round_trip::<T>(&data) {
            true => Reply::success(data),
            false => {
                let message = format!("the sandbox made a value that is no {}", std::any::type_name::<T>());
                Reply::from_json(500, json!({ "message": message }))
            }
        }
    }

    /// Returns a success with `data` as its contents.
    pub(crate) fn success(data: Value) -> Reply {
        Reply { status: None, content: ReplyContent::Contents(data) }
    }

    /// Returns a success without a body.
    pub(crate) fn success_without_body() -> Reply {
        Reply { status: None, content: ReplyContent::Empty }
    }

    /// Returns a success whose body is this text.
    pub(crate) fn success_with_text(media_type: &str, text: impl Into<String>) -> Reply {
        Reply {
            status: None,
            content: ReplyContent::RawBody(media_type.to_owned(), Bytes::from(text.into())),
        }
    }

    /// Returns a reply whose body is this JSON. If the API has an envelope (a JSON object around the contents), `body`
    /// must include it.
    pub(crate) fn from_json(status: u16, body: Value) -> Reply {
        Reply::from_body(status, JSON_MEDIA_TYPE, body.to_string().into())
    }

    /// Returns a reply with this status, media type and body.
    pub(crate) fn from_body(status: u16, media_type: &str, body: Bytes) -> Reply {
        Reply { status: Some(status), content: ReplyContent::RawBody(media_type.to_owned(), body) }
    }

    /// Returns a failure without a body.
    pub(crate) fn failure_without_body(status: u16) -> Reply {
        Reply { status: Some(status), content: ReplyContent::Empty }
    }

    /// Returns a reply for which the server sends no response, but closes the connection after it has read the request.
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
            ReplyContent::Contents(_) if kind == Some(ResponseKind::Empty) => (None, Body::empty()),
            ReplyContent::Contents(Value::String(text)) if kind == Some(ResponseKind::Text) => {
                (Some(mime::TEXT_HTML_UTF_8.to_string()), Body::from(text))
            }
            ReplyContent::Contents(data) => {
                let is_enveloped = operation.is_some_and(|operation| operation.is_enveloped);
                let json = match api.envelope.filter(|_| is_enveloped) {
                    Some(envelope) => json!({ envelope.success: true, envelope.data: data }),
                    None => data,
                };
                (Some(JSON_MEDIA_TYPE.to_owned()), Body::from(json.to_string()))
            }
            ReplyContent::Disconnect => (None, Body::from_stream(BrokenBody)),
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
struct BrokenBody;

impl Stream for BrokenBody {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into())))
    }
}

/// Whether deserializing a value as `T` and serializing the result gives the same value. Properties that are null count
/// as absent.
fn survives_round_trip<T: DeserializeOwned + Serialize>(data: &Value) -> bool {
    let serialized = T::deserialize(data).ok().map(|model| to_wire_json(&model));
    serialized.is_some_and(|serialized| remove_nulls(serialized) == remove_nulls(data.clone()))
}

/// Converts a model to JSON in the form of the API. `serde_json::to_value` would turn all decimals into strings.
pub(crate) fn to_wire_json<T: Serialize>(model: &T) -> Value {
    Json::from_serialize(model).and_then(|json| json.to_value()).unwrap_or_default()
}

/// Removes all properties that are null.
fn remove_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, remove_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(remove_nulls).collect()),
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
        assert_eq!(Reply::success_of_model::<PartnerUser>(json!({ "email": 1 })).status, Some(500));
    }
}
