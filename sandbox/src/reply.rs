//! Responses, and how they are written for an operation.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderValue, StatusCode, header};
use partner_client::Json;
use partner_client::api::Api;
use partner_client::operation::{Operation, ResponseKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::body::JSON;

/// A response without what depends on the operation: its envelope, and the status of its success.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// None stands for the operation's first success status.
    status: Option<u16>,
    content: Content,
}

#[derive(Debug, Clone, PartialEq)]
enum Content {
    Empty,
    /// The contents of a success. They are wrapped when the operation's responses have an envelope.
    Data(Value),
    /// A body that is sent as it is, with its media type.
    Body(String, Bytes),
    /// The connection is closed without a response.
    Disconnect,
}

/// The result of a handler. Both variants are sent; with `Err`, a handler leaves early by `?`.
pub(crate) type HandlerResult = Result<Reply, Reply>;

impl Reply {
    /// A success that holds a value of the client's model `T`. A value with a key or type that the model does not know
    /// is a mistake in the sandbox, and becomes a failure with status 500.
    pub(crate) fn model<T: DeserializeOwned + Serialize>(data: Value) -> Reply {
        match fits::<T>(&data) {
            true => Reply::data(data),
            false => {
                let message = format!("the sandbox made a value that is no {}", std::any::type_name::<T>());
                Reply::body(500, json!({ "message": message }))
            }
        }
    }

    /// A success that holds this.
    pub(crate) fn data(data: Value) -> Reply {
        Reply { status: None, content: Content::Data(data) }
    }

    /// A success without a body.
    pub(crate) fn empty() -> Reply {
        Reply { status: None, content: Content::Empty }
    }

    /// A success that holds text.
    pub(crate) fn text(media_type: &str, text: impl Into<String>) -> Reply {
        Reply { status: None, content: Content::Body(media_type.to_owned(), Bytes::from(text.into())) }
    }

    /// A whole JSON body, with its envelope where there is one.
    pub(crate) fn body(status: u16, body: Value) -> Reply {
        Reply::raw(status, JSON, body.to_string().into())
    }

    /// Any body.
    pub(crate) fn raw(status: u16, media_type: &str, body: Bytes) -> Reply {
        Reply { status: Some(status), content: Content::Body(media_type.to_owned(), body) }
    }

    /// A failure without a body.
    pub(crate) fn status(status: u16) -> Reply {
        Reply { status: Some(status), content: Content::Empty }
    }

    /// The connection is closed after the request was read.
    pub(crate) fn disconnect() -> Reply {
        Reply { status: None, content: Content::Disconnect }
    }

    /// Sets another status.
    pub(crate) fn with_status(self, status: u16) -> Reply {
        Reply { status: Some(status), ..self }
    }

    /// The HTTP response. `operation` is what was called, when that is known.
    pub(crate) fn into_response(self, api: &Api, operation: Option<&Operation>) -> Response {
        let status = self.status.or_else(|| operation?.success.first().copied()).unwrap_or(200);
        let kind = operation.map(|operation| operation.response);
        let (media_type, body) = match self.content {
            Content::Empty => (None, Body::empty()),
            Content::Body(media_type, body) => (Some(media_type), Body::from(body)),
            Content::Data(_) if kind == Some(ResponseKind::Empty) => (None, Body::empty()),
            Content::Data(Value::String(text)) if kind == Some(ResponseKind::Text) => {
                (Some(mime::TEXT_HTML_UTF_8.to_string()), Body::from(text))
            }
            Content::Data(data) => {
                let is_enveloped = operation.is_some_and(|operation| operation.enveloped);
                let json = match api.envelope.filter(|_| is_enveloped) {
                    Some(envelope) => json!({ envelope.success: true, envelope.data: data }),
                    None => data,
                };
                (Some(JSON.to_owned()), Body::from(json.to_string()))
            }
            Content::Disconnect => (None, Body::from_stream(BrokenBody)),
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let Some(media_type) = media_type.and_then(|media_type| HeaderValue::from_str(&media_type).ok()) {
            response.headers_mut().insert(header::CONTENT_TYPE, media_type);
        }
        response
    }
}

/// A body that fails at its start. The HTTP server closes the connection then, and what it has not written yet, which
/// is the whole head, is never sent.
struct BrokenBody;

impl Stream for BrokenBody {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into())))
    }
}

/// Whether a model keeps everything of a value when it is deserialized and serialized again. A null counts as absent.
fn fits<T: DeserializeOwned + Serialize>(data: &Value) -> bool {
    let serialized = T::deserialize(data).ok().map(|model| to_wire(&model));
    serialized.is_some_and(|serialized| without_nulls(serialized) == without_nulls(data.clone()))
}

/// A model as the API writes it. `serde_json::to_value` would make strings of all decimals.
pub(crate) fn to_wire<T: Serialize>(model: &T) -> Value {
    Json::from_serialize(model).and_then(|json| json.to_value()).unwrap_or_default()
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_client::unigox::PartnerUser;

    #[test]
    fn a_reply_has_to_fit_its_model() {
        assert!(fits::<PartnerUser>(&json!({ "email": "a@example.com", "wallet": null })));
        assert!(!fits::<PartnerUser>(&json!({ "e_mail": "a@example.com" })));
        assert!(!fits::<PartnerUser>(&json!({ "user_uuid": "7" })));
        assert_eq!(Reply::model::<PartnerUser>(json!({ "email": 1 })).status, Some(500));
    }
}
