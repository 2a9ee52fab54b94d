//! What a behaviour answers.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use partner_client::Json;
use partner_client::api::Api;
use partner_client::operation::Operation;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// An answer that is not tied to an operation yet.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    /// None: the operation's first success status.
    status: Option<u16>,
    content: Content,
}

#[derive(Debug, PartialEq)]
enum Content {
    Nothing,
    /// Put in the envelope, when the operation has one.
    Data(Value),
    /// Sent as it is.
    Json(Value),
    Html(String),
}

/// An answer, or a failure to be answered: both are sent.
pub(crate) type Outcome = Result<Answer, Answer>;

impl Answer {
    /// A success that holds this, which has to fit the client's model: what it does not know would be a typing error
    /// in here.
    pub(crate) fn of<T: DeserializeOwned + Serialize>(data: Value) -> Answer {
        match fits::<T>(&data) {
            true => Answer { status: None, content: Content::Data(data) },
            false => {
                let message =
                    format!("the sandbox has made something that is no {}", std::any::type_name::<T>());
                Answer::failure(500, json!({ "message": message }))
            }
        }
    }

    /// A success that holds nothing.
    pub(crate) fn nothing() -> Answer {
        Answer { status: None, content: Content::Nothing }
    }

    /// A success that is a page for browsers.
    pub(crate) fn html(page: impl Into<String>) -> Answer {
        Answer { status: None, content: Content::Html(page.into()) }
    }

    /// A failure with a body.
    pub(crate) fn failure(status: u16, body: Value) -> Answer {
        Answer { status: Some(status), content: Content::Json(body) }
    }

    /// A failure without a body.
    pub(crate) fn bare(status: u16) -> Answer {
        Answer { status: Some(status), content: Content::Nothing }
    }

    /// Another of the operation's success statuses.
    pub(crate) fn with_status(self, status: u16) -> Answer {
        Answer { status: Some(status), ..self }
    }

    /// The answer on the wire. `operation` is what was called, when that is known.
    pub(crate) fn send(self, api: &Api, operation: Option<&Operation>) -> Response {
        let status = self.status.or_else(|| operation?.success.first().copied()).unwrap_or(200);
        let (content_type, body) = match self.content {
            Content::Nothing => (None, Body::empty()),
            Content::Html(page) => (Some("text/html; charset=utf-8"), Body::from(page)),
            Content::Json(json) => (Some("application/json"), Body::from(json.to_string())),
            Content::Data(data) => {
                let envelope =
                    api.envelope.filter(|_| operation.is_some_and(|operation| operation.enveloped));
                let json = match envelope {
                    Some(envelope) => json!({ envelope.success: true, envelope.data: data }),
                    None => data,
                };
                (Some("application/json"), Body::from(json.to_string()))
            }
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let Some(content_type) = content_type {
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        response
    }
}

/// Whether a model takes all of this, and gives all of it back. Nulls are as good as absent.
fn fits<T: DeserializeOwned + Serialize>(data: &Value) -> bool {
    // By way of text, in which the decimals of a model have the forms that the API has.
    let again =
        T::deserialize(data).ok().and_then(|model| Json::from_serialize(&model).ok()?.to_value().ok());
    again.is_some_and(|again| without_nulls(again) == without_nulls(data.clone()))
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
    fn an_answer_has_to_fit_its_model() {
        assert!(fits::<PartnerUser>(&json!({ "email": "a@example.com", "wallet": null })));
        assert!(!fits::<PartnerUser>(&json!({ "e_mail": "a@example.com" })));
        assert!(!fits::<PartnerUser>(&json!({ "user_uuid": "7" })));
        assert_eq!(Answer::of::<PartnerUser>(json!({ "email": 1 })).status, Some(500));
    }
}
